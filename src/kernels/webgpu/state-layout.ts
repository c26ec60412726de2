import type { NetworkGraph } from '../../network/graph.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import { engineLayout } from '../../network/engine-layout.ts';
import { LOG_ROW } from './update.ts';

/** Updates whose losses the log can hold. */
export const LOG_ROWS = 64;

/** Everything that an update changes, in one buffer: L weights, both moments, log, transposed weights. */
export interface StateLayout {
  readonly weights: EngineLayout;
  /** First elements. */
  readonly first: number;
  readonly second: number;
  readonly log: number;
  /** First elements of the transposed copies, in the order of the graph's matrices; of real matrices only. */
  readonly transposed: readonly (number | null)[];
  readonly length: number;
  /** [L] what `updateProgram` does with each weight. */
  readonly roles: Int32Array;
}

export function stateLayout(graph: NetworkGraph): StateLayout {
  const weights = engineLayout(graph);
  const log = 3 * weights.length;
  let length = log + LOG_ROWS * LOG_ROW;
  const roles = Int32Array.from(weights.penalized);
  const transposed = weights.matrices.map(({ offset, rows, columns }, index) => {
    if (graph.matrices[index].kind !== 'matrix') return null;
    const start = length;
    length += rows * columns;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        roles[offset + row * columns + column] += 2 * (start + column * rows + row + 1);
    return start;
  });
  return {
    weights,
    first: weights.length,
    second: 2 * weights.length,
    log,
    transposed,
    length,
    roles,
  };
}

/** The state at the start of training, given weights and moments in the order of `weights`. */
export function startState(
  { weights, first, second, length, roles }: StateLayout,
  start: { weights: Float32Array; first: Float32Array; second: Float32Array },
): Float32Array {
  const state = new Float32Array(length);
  state.set(start.weights);
  state.set(start.first, first);
  state.set(start.second, second);
  for (let i = 0; i < weights.length; i++)
    if (roles[i] > 1) state[(roles[i] >> 1) - 1] = start.weights[i];
  return state;
}
