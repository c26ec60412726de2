import type { FloatArray } from '../../util/math.ts';
import { lstmCell } from './lstm-cell.ts';
import { addBias, fillRows } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { addProduct } from './product.ts';
import { rowBefore, stepRows } from './recurrent-layer.ts';
import type { LayerInput } from './recurrent-layer.ts';

/** What the backward pass of an LSTM layer needs of its forward pass. */
export interface LstmTrace<A extends FloatArray = FloatArray> {
  /** [N, 4H] activations of the gates i, f, g, o. */
  readonly gates: Matrix<A>;
  /** [N, H] each. */
  readonly cell: Matrix<A>;
  readonly tanhCell: Matrix<A>;
  readonly hidden: Matrix<A>;
}

/** Runs an LSTM layer over whole windows, writing `trace`, whose `hidden` is the result. */
export function lstmForward<A extends FloatArray>(
  trace: LstmTrace<A>,
  { packing, x, parameters, transposedInput, transposedRecurrent }: LayerInput<A>,
): void {
  const { gates, hidden } = trace;
  const rows = {
    gates: gates.data,
    before: trace.cell.data,
    cell: trace.cell.data,
    tanhCell: trace.tanhCell.data,
    hidden: hidden.data,
  };
  fillRows(gates, parameters.inputBias);
  addBias(gates, parameters.recurrentBias);
  addProduct(gates, x, transposedInput);
  for (let step = 0; step < packing.steps; step++) {
    if (step)
      addProduct(
        stepRows(gates, packing, { step }),
        stepRows(hidden, packing, { step, at: step - 1 }),
        transposedRecurrent,
      );
    for (let window = 0; window < packing.active[step]; window++)
      lstmCell(
        rows,
        hidden.columns,
        packing.first[step] + window,
        rowBefore(packing, step, window),
      );
  }
}
