import type { FloatArray } from '../../util/math.ts';
import { addTransposed, rowsOf } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { LayerParameters } from './network-parameters.ts';
import type { Packing } from '../../network/packing.ts';
import { addTransposedProduct } from './product.ts';

/** Input of a recurrent layer. Rows are those of the packing; each window starts from zero state. */
export interface LayerInput<A extends FloatArray = FloatArray> {
  readonly packing: Packing;
  /** [N, I]. */
  readonly x: Matrix<A>;
  readonly parameters: LayerParameters<A>;
  /** The same matrices transposed: [I, G] and [H, G], so that inner loops run over contiguous memory. */
  readonly transposedInput: Matrix<A>;
  readonly transposedRecurrent: Matrix<A>;
}

/** Where the gradients of a recurrent layer go, and scratch memory. */
export interface LayerBackward<A extends FloatArray = FloatArray> {
  /** [N, H] gradient of the hidden states; overwritten. */
  readonly dHidden: Matrix<A>;
  /** The gradient of the parameters is added here. */
  readonly gradient: LayerParameters<A>;
  /** [N, I] the gradient of `x` is added here; null to skip it. */
  readonly dX: Matrix<A> | null;
  /** [B, H] scratch memory with any content. */
  readonly carry: Matrix<A>;
  /** [I, G] and [H, G] scratch memory, filled with zeros. */
  readonly transposedInput: Matrix<A>;
  readonly transposedRecurrent: Matrix<A>;
}

/** Row of the same window at the step before; -1 at its first step. */
export function rowBefore({ first }: Packing, step: number, window: number): number {
  return step ? first[step - 1] + window : -1;
}

/** Rows of the windows running at `step`: at that step, and the same windows one step before. */
export function stepRows<A extends FloatArray>(
  matrix: Matrix<A>,
  { first, active }: Packing,
  { step, at = step }: { step: number; at?: number },
): Matrix<A> {
  return rowsOf(matrix, first[at], active[step]);
}

/** Adds the gradients of both weight matrices, given those of the sums that they feed. */
export function addWeightGradients<A extends FloatArray>(
  { packing, x }: LayerInput<A>,
  { gradient, transposedInput, transposedRecurrent }: LayerBackward<A>,
  { hidden, dInput, dRecurrent }: Record<'hidden' | 'dInput' | 'dRecurrent', Matrix<A>>,
): void {
  // Step by step, so that what one step reads stays in the cache.
  for (let step = 0; step < packing.steps; step++) {
    const now = { step };
    addTransposedProduct(
      transposedInput,
      stepRows(x, packing, now),
      stepRows(dInput, packing, now),
    );
    if (!step) continue;
    addTransposedProduct(
      transposedRecurrent,
      stepRows(hidden, packing, { step, at: step - 1 }),
      stepRows(dRecurrent, packing, now),
    );
  }
  addTransposed(gradient.inputWeights, transposedInput);
  addTransposed(gradient.recurrentWeights, transposedRecurrent);
}
