import type { RecurrentNode } from '../../network/graph.ts';
import type { Packing } from '../../network/packing.ts';
import type { FloatArray } from '../../util/math.ts';
import type { CellGradients, CellStep, RecurrentTrace } from './cell.ts';
import { gruCell, gruGradients } from './gru.ts';
import { lstmCell, lstmGradients } from './lstm.ts';
import { addBias, addColumnSums, fillRows, rowsOf, transposed } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct, addTransposedProduct } from './product.ts';

/** The weights of a recurrent layer, or their gradient. */
export type RecurrentWeights<A extends FloatArray = FloatArray> = Readonly<
  Record<'inputWeights' | 'recurrentWeights' | 'inputBias' | 'recurrentBias', Matrix<A>>
>;

const CELLS = {
  lstm: { cell: lstmCell, gradients: lstmGradients },
  gru: { cell: gruCell, gradients: gruGradients },
} as const;

/** Fills the sums that go into the gates with all but the hidden states' products. */
function beginSums<A extends FloatArray>(
  { gates, recurrent }: RecurrentTrace<A>,
  { inputWeights, inputBias, recurrentBias }: RecurrentWeights<A>,
  { cell, x }: { cell: RecurrentNode['cell']; x: Matrix<A> },
): void {
  fillRows(gates, inputBias);
  if (cell === 'lstm') addBias(gates, recurrentBias);
  else fillRows(recurrent, recurrentBias);
  addProduct(gates, x, inputWeights);
}

/** One step of n characters, whose states before are in `before`; writes `trace`. */
export function recurrentStep<A extends FloatArray>(
  cell: RecurrentNode['cell'],
  step: CellStep<A>,
  { x, weights }: { x: Matrix<A>; weights: RecurrentWeights<A> },
): void {
  const { trace, before } = step;
  beginSums(trace, weights, { cell, x });
  addProduct(sumsOf(cell, trace), before.hidden, weights.recurrentWeights);
  for (let row = 0; row < x.rows; row++) CELLS[cell].cell(step, row, row);
}

/** A recurrent layer over whole windows, each from zero state. Rows are those of the packing. */
export interface RecurrentRun<A extends FloatArray = FloatArray> {
  readonly cell: RecurrentNode['cell'];
  readonly packing: Packing;
  /** [N, I]. */
  readonly x: Matrix<A>;
  readonly weights: RecurrentWeights<A>;
  readonly trace: RecurrentTrace<A>;
}

/** Writes the trace, whose `hidden` is the result. */
export function recurrentForward<A extends FloatArray>(run: RecurrentRun<A>): void {
  const { cell, packing, weights, trace } = run;
  beginSums(trace, weights, run);
  const step = { trace, before: trace };
  for (let t = 0; t < packing.steps; t++) {
    if (t)
      addProduct(
        stepRows(sumsOf(cell, trace), packing, t),
        rowsBefore(trace.hidden, packing, t),
        weights.recurrentWeights,
      );
    for (let window = 0; window < packing.active[t]; window++)
      CELLS[cell].cell(step, packing.first[t] + window, rowBefore(packing, t, window));
  }
}

export interface RecurrentBackward<A extends FloatArray = FloatArray> extends Omit<
  CellGradients<A>,
  'trace'
> {
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
    const active = packing.active[t];
    const next = t + 1 < packing.steps ? packing.active[t + 1] : 0;
    for (let window = 0; window < active; window++)
      CELLS[cell].gradients(
        { trace, dHidden, carry },
        {
          row: packing.first[t] + window,
          rowBefore: rowBefore(packing, t, window),
          window,
          continued: window < next,
        },
      );
    if (t)
      addProduct(rowsBefore(dHidden, packing, t), stepRows(sums, packing, t), recurrentWeights);
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
      addTransposedProduct(gradient.recurrentWeights, rowsBefore(trace.hidden, packing, t), dSums);
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

/** Row of the same window at the step before; -1 at its first step. */
const rowBefore = ({ first }: Packing, step: number, window: number): number =>
  step ? first[step - 1] + window : -1;

/** Rows of the windows running at a step. */
const stepRows = <A extends FloatArray>(
  matrix: Matrix<A>,
  { first, active }: Packing,
  step: number,
): Matrix<A> => rowsOf(matrix, first[step], active[step]);

/** Rows of the same windows one step before. */
const rowsBefore = <A extends FloatArray>(
  matrix: Matrix<A>,
  { first, active }: Packing,
  step: number,
): Matrix<A> => rowsOf(matrix, first[step - 1], active[step]);
