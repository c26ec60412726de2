import type { FloatArray } from '../../util/math.ts';
import type { GruTrace } from './gru-forward.ts';
import { addColumnSums } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { Packing } from '../../network/packing.ts';
import { addProduct } from './product.ts';
import { addWeightGradients, rowBefore, stepRows } from './recurrent-layer.ts';
import type { LayerBackward, LayerInput } from './recurrent-layer.ts';

/**
 * Backpropagation through time over the windows of `gruForward`. Replaces the trace's gates and
 * recurrent sums by the gradients of the sums that went into the gates.
 */
export function gruBackward<A extends FloatArray>(
  trace: GruTrace<A>,
  input: LayerInput<A>,
  backward: LayerBackward<A>,
): void {
  const { packing, parameters } = input;
  const { gates, recurrent, hidden } = trace;
  const { dHidden, dX, gradient } = backward;
  for (let step = packing.steps - 1; step >= 0; step--) {
    gateGradients(trace, { packing, step, dHidden });
    if (step)
      addProduct(
        stepRows(dHidden, packing, { step, at: step - 1 }),
        stepRows(recurrent, packing, { step }),
        parameters.recurrentWeights,
      );
  }
  addWeightGradients(input, backward, { hidden, dInput: gates, dRecurrent: recurrent });
  addColumnSums(gradient.inputBias, gates);
  addColumnSums(gradient.recurrentBias, recurrent);
  if (dX) addProduct(dX, gates, parameters.inputWeights);
}

interface BackwardStep {
  readonly packing: Packing;
  readonly step: number;
  /** The gradient that bypasses the gates is added to the rows of the step before. */
  readonly dHidden: Matrix;
}

function gateGradients(
  { gates: { data: gates }, recurrent: { data: recurrent }, hidden }: GruTrace,
  { packing, step, dHidden: { data: dHidden } }: BackwardStep,
): void {
  const units = hidden.columns;
  for (let window = 0; window < packing.active[step]; window++) {
    const row = packing.first[step] + window;
    const before = rowBefore(packing, step, window) * units;
    const h = row * units;
    const g = 3 * row * units;
    for (let j = 0; j < units; j++) {
      const reset = gates[g + j];
      const update = gates[g + units + j];
      const candidate = gates[g + 2 * units + j];
      const hiddenBefore = before < 0 ? 0 : hidden.data[before + j];
      const dHiddenHere = dHidden[h + j];
      const dCandidate = dHiddenHere * (1 - update) * (1 - candidate * candidate);
      const dUpdate = dHiddenHere * (hiddenBefore - candidate) * update * (1 - update);
      const dReset = dCandidate * recurrent[g + 2 * units + j] * reset * (1 - reset);
      gates[g + j] = dReset;
      gates[g + units + j] = dUpdate;
      gates[g + 2 * units + j] = dCandidate;
      recurrent[g + j] = dReset;
      recurrent[g + units + j] = dUpdate;
      recurrent[g + 2 * units + j] = dCandidate * reset;
      if (before >= 0) dHidden[before + j] += dHiddenHere * update;
    }
  }
}
