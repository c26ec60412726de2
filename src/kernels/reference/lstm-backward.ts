import type { FloatArray } from '../../util/math.ts';
import type { LstmTrace } from './lstm-forward.ts';
import { addColumnSums } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { Packing } from '../../network/packing.ts';
import { addProduct } from './product.ts';
import { addWeightGradients, rowBefore, stepRows } from './recurrent-layer.ts';
import type { LayerBackward, LayerInput } from './recurrent-layer.ts';

/**
 * Backpropagation through time over the windows of `lstmForward`. Replaces the trace's gates by the
 * gradients of the sums that went into them.
 */
export function lstmBackward<A extends FloatArray>(
  trace: LstmTrace<A>,
  input: LayerInput<A>,
  backward: LayerBackward<A>,
): void {
  const { packing, parameters } = input;
  const { gates, hidden } = trace;
  const { dHidden, dX, gradient, carry } = backward;
  for (let step = packing.steps - 1; step >= 0; step--) {
    gateGradients(trace, { packing, step, dHidden, carry });
    if (step)
      addProduct(
        stepRows(dHidden, packing, { step, at: step - 1 }),
        stepRows(gates, packing, { step }),
        parameters.recurrentWeights,
      );
  }
  addWeightGradients(input, backward, { hidden, dInput: gates, dRecurrent: gates });
  addColumnSums(gradient.inputBias, gates);
  addColumnSums(gradient.recurrentBias, gates);
  if (dX) addProduct(dX, gates, parameters.inputWeights);
}

interface BackwardStep {
  readonly packing: Packing;
  readonly step: number;
  readonly dHidden: Matrix;
  /** [B, H] gradient of the cell states from the step after; overwritten with that of this step. */
  readonly carry: Matrix;
}

/** Replaces the gates of one time step by the gradients of the sums that went into them. */
function gateGradients(
  { gates: { data: gates }, cell: { data: cell }, tanhCell: { data: tanhCell }, hidden }: LstmTrace,
  { packing, step, dHidden, carry: { data: carry } }: BackwardStep,
): void {
  const units = hidden.columns;
  const continued = step + 1 < packing.steps ? packing.active[step + 1] : 0;
  for (let window = 0; window < packing.active[step]; window++) {
    const row = packing.first[step] + window;
    const before = rowBefore(packing, step, window) * units;
    const c = window * units;
    const h = row * units;
    const g = 4 * row * units;
    for (let j = 0; j < units; j++) {
      const input = gates[g + j];
      const forget = gates[g + units + j];
      const candidate = gates[g + 2 * units + j];
      const output = gates[g + 3 * units + j];
      const squashed = tanhCell[h + j];
      const dHiddenHere = dHidden.data[h + j];
      const dCell =
        dHiddenHere * output * (1 - squashed * squashed) + (window < continued ? carry[c + j] : 0);
      gates[g + j] = dCell * candidate * input * (1 - input);
      gates[g + units + j] = before < 0 ? 0 : dCell * cell[before + j] * forget * (1 - forget);
      gates[g + 2 * units + j] = dCell * input * (1 - candidate * candidate);
      gates[g + 3 * units + j] = dHiddenHere * squashed * output * (1 - output);
      carry[c + j] = dCell * forget;
    }
  }
}
