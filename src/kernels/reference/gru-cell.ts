import type { FloatArray } from '../../util/math.ts';
import { sigmoid } from '../../util/math.ts';

/** Arrays of one GRU layer, each row-major with rows of 3H or H. */
export interface GruCellRows {
  /** [3H] the input's share of the sums of r, z, n; their activations afterwards. */
  readonly gates: FloatArray;
  /** [3H] the hidden state's share of the same sums; not changed. */
  readonly recurrent: FloatArray;
  /** [H] hidden state before and after. May be the same array. */
  readonly before: FloatArray;
  readonly hidden: FloatArray;
}

/**
 * One row through the GRU equations of torch.nn.GRU (Cho et al. 2014, with the reset gate acting
 * after the recurrent product): n = tanh(input + r recurrent), h' = (1 - z) n + z h.
 *
 * @param row index of the row in `gates`, `recurrent` and `hidden`
 * @param rowBefore index of the row in `before`; -1 = zeros
 */
export function gruCell(
  { gates, recurrent, before, hidden }: GruCellRows,
  units: number,
  row: number,
  rowBefore: number,
): void {
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
    hidden[h + j] = (1 - update) * candidate + (rowBefore < 0 ? 0 : update * before[b + j]);
  }
}
