import type { FloatArray } from '../../util/math.ts';
import { sigmoid } from '../../util/math.ts';
import type { CellGradients, CellRow, CellStates, RecurrentTrace } from './cell.ts';

/**
 * One row through the LSTM equations of torch.nn.LSTM (Hochreiter and Schmidhuber 1997, with the
 * forget gate of Gers et al. 2000): c' = f c + i g, h' = o tanh(c').
 *
 * @param before the states before, null for zeros
 */
export function lstmCell<A extends FloatArray>(
  { gates, cell, tanhCell, hidden }: RecurrentTrace<A>,
  before: CellStates<A> | null,
  { row, rowBefore }: CellRow,
): void {
  const units = hidden.columns;
  const g = 4 * row * units;
  const h = row * units;
  const b = rowBefore * units;
  for (let j = 0; j < units; j++) {
    const input = sigmoid(gates.data[g + j]);
    const forget = sigmoid(gates.data[g + units + j]);
    const candidate = Math.tanh(gates.data[g + 2 * units + j]);
    const output = sigmoid(gates.data[g + 3 * units + j]);
    gates.data[g + j] = input;
    gates.data[g + units + j] = forget;
    gates.data[g + 2 * units + j] = candidate;
    gates.data[g + 3 * units + j] = output;
    const state = (before ? forget * before.cell.data[b + j] : 0) + input * candidate;
    const squashed = Math.tanh(state);
    cell.data[h + j] = state;
    tanhCell.data[h + j] = squashed;
    hidden.data[h + j] = output * squashed;
  }
}

/** Replaces the gates of one row by the gradients of the sums that went into them. */
export function lstmGradients<A extends FloatArray>(
  trace: RecurrentTrace<A>,
  { dHidden, carry }: CellGradients<A>,
  { row, rowBefore, window }: CellRow,
): void {
  const units = dHidden.columns;
  const gates = trace.gates.data;
  const before = rowBefore * units;
  const c = window * units;
  const h = row * units;
  const g = 4 * row * units;
  for (let j = 0; j < units; j++) {
    const input = gates[g + j];
    const forget = gates[g + units + j];
    const candidate = gates[g + 2 * units + j];
    const output = gates[g + 3 * units + j];
    const squashed = trace.tanhCell.data[h + j];
    const dHiddenHere = dHidden.data[h + j];
    const dCell = dHiddenHere * output * (1 - squashed * squashed) + carry.data[c + j];
    const cellBefore = rowBefore < 0 ? 0 : trace.cell.data[before + j];
    gates[g + j] = dCell * candidate * input * (1 - input);
    gates[g + units + j] = dCell * cellBefore * forget * (1 - forget);
    gates[g + 2 * units + j] = dCell * input * (1 - candidate * candidate);
    gates[g + 3 * units + j] = dHiddenHere * squashed * output * (1 - output);
    carry.data[c + j] = dCell * forget;
  }
}
