import type { FloatArray } from '../../util/math.ts';
import { sigmoid } from '../../util/math.ts';
import type { CellGradients, CellRow, CellStates, RecurrentTrace } from './cell.ts';

/**
 * One row through the GRU equations of torch.nn.GRU (Cho et al. 2014, with the reset gate acting
 * after the recurrent product): n = tanh(input + r recurrent), h' = (1 - z) n + z h.
 */
export function gruCell<A extends FloatArray>(
  { hidden, ...trace }: RecurrentTrace<A>,
  before: CellStates<A> | null,
  { row, rowBefore }: CellRow,
): void {
  const units = hidden.columns;
  const [gates, recurrent] = [trace.gates.data, trace.recurrent.data];
  const g = 3 * row * units;
  const h = row * units;
  const b = rowBefore * units;
  for (let j = 0; j < units; j++) {
    const reset = sigmoid(gates[g + j] + recurrent[g + j]);
    const update = sigmoid(gates[g + units + j] + recurrent[g + units + j]);
    const candidate = Math.tanh(gates[g + 2 * units + j] + reset * recurrent[g + 2 * units + j]);
    gates[g + j] = reset;
    gates[g + units + j] = update;
    gates[g + 2 * units + j] = candidate;
    const kept = before ? update * before.hidden.data[b + j] : 0;
    hidden.data[h + j] = (1 - update) * candidate + kept;
  }
}

/**
 * Replaces the gates and recurrent sums of one row by the gradients of the sums that went into the gates. The
 * gradient that bypasses the gates is added to the row of the step before.
 */
export function gruGradients<A extends FloatArray>(
  trace: RecurrentTrace<A>,
  { dHidden: { data: dHidden, columns: units } }: CellGradients<A>,
  { row, rowBefore }: CellRow,
): void {
  const [gates, recurrent] = [trace.gates.data, trace.recurrent.data];
  const before = rowBefore * units;
  const h = row * units;
  const g = 3 * row * units;
  for (let j = 0; j < units; j++) {
    const reset = gates[g + j];
    const update = gates[g + units + j];
    const candidate = gates[g + 2 * units + j];
    const hiddenBefore = rowBefore < 0 ? 0 : trace.hidden.data[before + j];
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
    if (rowBefore >= 0) dHidden[before + j] += dHiddenHere * update;
  }
}
