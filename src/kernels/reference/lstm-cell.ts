import type { FloatArray } from '../../util/math.ts';
import { sigmoid } from '../../util/math.ts';

/** Arrays of one LSTM layer, each row-major with rows of 4H or H. */
export interface LstmCellRows {
  /** [4H] sums that go into the gates i, f, g, o; their activations afterwards. */
  readonly gates: FloatArray;
  /** [H] cell state before and after. May be the same array. */
  readonly before: FloatArray;
  readonly cell: FloatArray;
  /** [H] tanh of the cell state. */
  readonly tanhCell: FloatArray;
  /** [H] hidden state. */
  readonly hidden: FloatArray;
}

/**
 * One row through the LSTM equations of torch.nn.LSTM (Hochreiter and Schmidhuber 1997, with the
 * forget gate of Gers et al. 2000): c' = f c + i g, h' = o tanh(c').
 *
 * @param row index of the row in `gates`, `cell`, `tanhCell` and `hidden`
 * @param rowBefore index of the row in `before`; -1 = zeros
 */
export function lstmCell(
  { gates, before, cell, tanhCell, hidden }: LstmCellRows,
  units: number,
  row: number,
  rowBefore: number,
): void {
  const g = 4 * row * units;
  const h = row * units;
  const b = rowBefore * units;
  for (let j = 0; j < units; j++) {
    const input = sigmoid(gates[g + j]);
    const forget = sigmoid(gates[g + units + j]);
    const candidate = Math.tanh(gates[g + 2 * units + j]);
    const output = sigmoid(gates[g + 3 * units + j]);
    gates[g + j] = input;
    gates[g + units + j] = forget;
    gates[g + 2 * units + j] = candidate;
    gates[g + 3 * units + j] = output;
    const state = (rowBefore < 0 ? 0 : forget * before[b + j]) + input * candidate;
    const squashed = Math.tanh(state);
    cell[h + j] = state;
    tanhCell[h + j] = squashed;
    hidden[h + j] = output * squashed;
  }
}
