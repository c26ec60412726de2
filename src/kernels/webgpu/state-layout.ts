import type { NetworkShape } from '../../network/shape.ts';
import type { EngineLayout, EngineMatrix } from '../../network/engine-layout.ts';
import { engineLayout } from '../../network/engine-layout.ts';
import { LOG_ROW } from './update-wgsl.ts';

/** Updates whose losses the log can hold. */
export const LOG_ROWS = 64;

/** Everything that an update changes, in one buffer: L weights, both moments, log, transposed weights. */
export interface StateLayout {
  readonly shape: NetworkShape;
  readonly weights: EngineLayout;
  /** First elements. */
  readonly first: number;
  readonly second: number;
  readonly log: number;
  /** Transposed copies of matrices: [G, I] where the layer's input has a gradient, [G, H], [O, H]. */
  readonly transposedInput: readonly (number | null)[];
  readonly transposedRecurrent: readonly number[];
  readonly transposedHeads: number;
  readonly length: number;
  /** [L] what `updateWgsl` does with each weight. */
  readonly roles: Int32Array;
}

export function stateLayout(shape: NetworkShape): StateLayout {
  const weights = engineLayout(shape);
  const log = 3 * weights.length;
  let length = log + LOG_ROWS * LOG_ROW;
  const roles = Int32Array.from(weights.penalized);
  const transposed = ({ offset, rows, columns }: EngineMatrix): number => {
    const start = length;
    length += rows * columns;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        roles[offset + row * columns + column] += 2 * (start + column * rows + row + 1);
    return start;
  };
  const transposedInput = weights.layers.map(({ inputWeights }, layer) =>
    layer || shape.embeddings.length ? transposed(inputWeights) : null,
  );
  const transposedRecurrent = weights.layers.map(({ recurrentWeights }) =>
    transposed(recurrentWeights),
  );
  const transposedHeads = transposed(weights.headWeights);
  return {
    shape,
    weights,
    first: weights.length,
    second: 2 * weights.length,
    log,
    transposedInput,
    transposedRecurrent,
    transposedHeads,
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
