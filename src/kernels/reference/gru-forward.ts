import type { FloatArray } from '../../util/math.ts';
import { gruCell } from './gru-cell.ts';
import { fillRows } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct } from './product.ts';
import { rowBefore, stepRows } from './recurrent-layer.ts';
import type { LayerInput } from './recurrent-layer.ts';

/** What the backward pass of a GRU layer needs of its forward pass. */
export interface GruTrace<A extends FloatArray = FloatArray> {
  /** [N, 3H] activations of r, z, n. */
  readonly gates: Matrix<A>;
  /** [N, 3H] the hidden state's share of the sums of r, z, n. */
  readonly recurrent: Matrix<A>;
  /** [N, H]. */
  readonly hidden: Matrix<A>;
}

/** Runs a GRU layer over whole windows, writing `trace`, whose `hidden` is the result. */
export function gruForward<A extends FloatArray>(
  trace: GruTrace<A>,
  { packing, x, parameters, transposedInput, transposedRecurrent }: LayerInput<A>,
): void {
  const { gates, recurrent, hidden } = trace;
  const rows = {
    gates: gates.data,
    recurrent: recurrent.data,
    before: hidden.data,
    hidden: hidden.data,
  };
  fillRows(gates, parameters.inputBias);
  fillRows(recurrent, parameters.recurrentBias);
  addProduct(gates, x, transposedInput);
  for (let step = 0; step < packing.steps; step++) {
    if (step)
      addProduct(
        stepRows(recurrent, packing, { step }),
        stepRows(hidden, packing, { step, at: step - 1 }),
        transposedRecurrent,
      );
    for (let window = 0; window < packing.active[step]; window++)
      gruCell(rows, hidden.columns, packing.first[step] + window, rowBefore(packing, step, window));
  }
}
