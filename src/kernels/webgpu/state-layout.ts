import type { NetworkGraph } from '../../network/graph.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import { engineLayout, toEngine } from '../../network/engine-layout.ts';

/** Updates whose losses the log can hold, and the numbers of each: those of `NetworkLosses` up to `values`. */
export const LOG_ROWS = 64;
export const LOG_ROW = ['loss', 'action', 'time', 'values'] as const;

/** Everything that an update changes, in one buffer: L weights, transposed weights, both moments, log. */
export interface StateLayout {
  readonly weights: EngineLayout;
  /** First elements of the transposed copies, in the order of the graph's matrices; of real matrices only. */
  readonly transposed: readonly (number | null)[];
  /** First elements. */
  readonly first: number;
  readonly second: number;
  readonly log: number;
  readonly length: number;
  /** [L] what `updateProgram` does with each weight. */
  readonly roles: Int32Array;
}

export function stateLayout(graph: NetworkGraph): StateLayout {
  const weights = engineLayout(graph);
  let first = weights.length;
  const roles = Int32Array.from(weights.penalized);
  const transposed = weights.matrices.map(({ offset, rows, columns }, index) => {
    if (graph.matrices[index].kind !== 'matrix') return null;
    const start = first;
    first += rows * columns;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        roles[offset + row * columns + column] += 2 * (start + column * rows + row + 1);
    return start;
  });
  const second = first + weights.length;
  const log = second + weights.length;
  const length = log + LOG_ROWS * LOG_ROW.length;
  return { weights, transposed, first, second, log, length, roles };
}

/** The state at the start of training, given flat weights and moments. */
export function startState(
  { weights, first, second, length, roles }: StateLayout,
  start: Readonly<Record<'weights' | 'first' | 'second', Float32Array>>,
): Float32Array {
  const state = new Float32Array(length);
  state.set(toEngine(start.weights, weights));
  state.set(toEngine(start.first, weights), first);
  state.set(toEngine(start.second, weights), second);
  for (let i = 0; i < weights.length; i++) if (roles[i] > 1) state[(roles[i] >> 1) - 1] = state[i];
  return state;
}
