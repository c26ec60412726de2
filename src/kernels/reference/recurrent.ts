import type { RecurrentNode } from '../../network/graph.ts';
import type { Packing } from '../../network/packing.ts';
import type { FloatArray } from '../../util/math.ts';
import type { CellGradients, CellStates, RecurrentTrace } from './cell.ts';
import { gruCell, gruGradients } from './gru.ts';
import { lstmCell, lstmGradients } from './lstm.ts';
import { addColumnSums, fillRows, rowsOf, transposed } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct, addTransposedProduct } from './product.ts';

/** The weights of a recurrent layer, or their gradient. */
export type RecurrentWeights<A extends FloatArray = FloatArray> = Readonly<
  Record<'inputWeights' | 'recurrentWeights' | 'inputBias' | 'recurrentBias', Matrix<A>>
>;

const CELLS = {
  lstm: { forward: lstmCell, backward: lstmGradients },
  gru: { forward: gruCell, backward: gruGradients },
} as const;

/** A recurrent layer over whole windows. Rows are those of the packing. */
export interface RecurrentRun<A extends FloatArray = FloatArray> {
  readonly cell: RecurrentNode['cell'];
  readonly packing: Packing;
  /** [N, I]. */
  readonly x: Matrix<A>;
  readonly weights: RecurrentWeights<A>;
  readonly trace: RecurrentTrace<A>;
}

/**
 * Writes the trace, whose `hidden` is the result.
 *
 * @param start [B, H] the states before the first step; null for zeros
 */
export function recurrentForward<A extends FloatArray>(
  { cell, packing, x, weights, trace }: RecurrentRun<A>,
  start: CellStates<A> | null = null,
): void {
  const { gates, recurrent } = trace;
  const { inputBias, recurrentBias } = weights;
  fillRows(gates, ...(cell === 'lstm' ? [inputBias, recurrentBias] : [inputBias]));
  if (cell === 'gru') fillRows(recurrent, recurrentBias);
  addProduct(gates, x, weights.inputWeights);
  const sums = sumsOf(cell, trace);
  for (let t = 0; t < packing.steps; t++) {
    const before = t ? trace : start;
    const [first, firstBefore] = [packing.first[t], t ? packing.first[t - 1] : 0];
    const states = before && rowsOf(before.hidden, firstBefore, packing.active[t]);
    if (states) addProduct(stepRows(sums, packing, t), states, weights.recurrentWeights);
    for (let window = 0; window < packing.active[t]; window++)
      CELLS[cell].forward(trace, before, {
        row: first + window,
        rowBefore: firstBefore + window,
        window,
      });
  }
}

export interface RecurrentBackward<A extends FloatArray> extends CellGradients<A> {
  /** The gradient of the weights is added here. */
  readonly gradient: RecurrentWeights<A>;
  /** [N, I] the gradient of `x` is added here; null to skip it. */
  readonly dX: Matrix<A> | null;
}

/**
 * Backpropagation through time, once for each forward pass: overwrites `dHidden`, and the trace's gates and
 * recurrent sums with the gradients of what went into them.
 */
export function recurrentBackward<A extends FloatArray>(
  { cell, packing, x, weights, trace }: RecurrentRun<A>,
  { dHidden, carry, gradient, dX }: RecurrentBackward<A>,
): void {
  const sums = sumsOf(cell, trace);
  const recurrentWeights = transposed(weights.recurrentWeights);
  for (let t = packing.steps - 1; t >= 0; t--) {
    for (let window = 0; window < packing.active[t]; window++) {
      const rowBefore = t ? packing.first[t - 1] + window : -1;
      const row = { row: packing.first[t] + window, rowBefore, window };
      CELLS[cell].backward(trace, { dHidden, carry }, row);
    }
    if (t)
      addProduct(stepRows(dHidden, packing, t, 1), stepRows(sums, packing, t), recurrentWeights);
  }
  // Step by step, so that what one step reads stays in the cache.
  for (let t = 0; t < packing.steps; t++) {
    const dSums = stepRows(sums, packing, t);
    addTransposedProduct(
      gradient.inputWeights,
      stepRows(x, packing, t),
      stepRows(trace.gates, packing, t),
    );
    if (t)
      addTransposedProduct(gradient.recurrentWeights, stepRows(trace.hidden, packing, t, 1), dSums);
  }
  addColumnSums(gradient.inputBias, trace.gates);
  addColumnSums(gradient.recurrentBias, sums);
  if (dX) addProduct(dX, trace.gates, transposed(weights.inputWeights));
}

/** The sums that the hidden state's product is part of: an LSTM has one for each gate, a GRU two. */
const sumsOf = <A extends FloatArray>(
  cell: RecurrentNode['cell'],
  { gates, recurrent }: RecurrentTrace<A>,
): Matrix<A> => (cell === 'lstm' ? gates : recurrent);

/** Rows of the windows running at a step, or of the same windows one step before. */
const stepRows = <A extends FloatArray>(
  matrix: Matrix<A>,
  { first, active }: Packing,
  step: number,
  back: 0 | 1 = 0,
): Matrix<A> => rowsOf(matrix, first[step - back], active[step]);
