import type { Packing } from '../../network/packing.ts';
import { BLOCK } from './batch-memory.ts';
import type { WasmMemory } from './memory.ts';

/** Pointers, and widths in numbers. */
export interface WeightGradientInput {
  readonly packing: Packing;
  /** Scratch memory for panels of `BLOCK` rows. */
  readonly panels: number;
  /** [N, G] gradients of the gates' sums. */
  readonly gates: number;
  /** [N, G] gradients of the hidden state's share of them, for GRU; 0 for LSTM, where both are the same. */
  readonly recurrent: number;
  /** [N, I] and [N, H]. */
  readonly x: number;
  readonly hidden: number;
  /** I, H and G. */
  readonly inputs: number;
  readonly units: number;
  readonly columns: number;
  /** [I, G], [H, G] and [1, G] twice: where the gradients are added. */
  readonly dInputWeights: number;
  readonly dRecurrentWeights: number;
  readonly dInputBias: number;
  readonly dRecurrentBias: number;
}

/**
 * Adds the gradients of a layer's weights. Rows are taken in blocks, so that both matrices use the
 * same panels. The row of the step before is as many rows above as windows were running then, so
 * that successive steps with equally many windows share blocks.
 */
export function addWeightGradients(memory: WasmMemory, input: WeightGradientInput): void {
  const { first, active, steps } = input.packing;
  let row = 0;
  for (let step = 0; step < steps;) {
    const above = step ? active[step - 1] : 0;
    step++;
    if (above) while (step < steps && active[step - 1] === above) step++;
    const end = step < steps ? first[step] : input.packing.rows;
    for (; row < end; row += BLOCK) addBlock(memory, input, row, Math.min(BLOCK, end - row), above);
    row = end;
  }
  // An LSTM adds both biases to the same sums.
  if (!input.recurrent)
    memory.floats.copyWithin(
      input.dRecurrentBias >> 2,
      input.dInputBias >> 2,
      (input.dInputBias >> 2) + input.columns,
    );
}

// Positional arguments, as it runs often: an options object would be garbage each time.
function addBlock(
  { kernels }: WasmMemory,
  input: WeightGradientInput,
  row: number,
  rows: number,
  above: number,
): void {
  const { panels, inputs, units, columns, dInputWeights, dRecurrentWeights } = input;
  const [gateRow, xRow, hiddenRow] = [4 * columns, 4 * inputs, 4 * units];
  const x = input.x + row * xRow;
  const before = input.hidden + (row - above) * hiddenRow;
  kernels.packPanels(panels, input.gates + row * gateRow, gateRow, rows, columns, input.dInputBias);
  // prettier-ignore
  kernels.product(dInputWeights, gateRow, dInputWeights, gateRow, x, 4, xRow, panels, inputs, rows, columns);
  if (input.recurrent) {
    const share = input.recurrent + row * gateRow;
    kernels.packPanels(panels, share, gateRow, rows, columns, input.dRecurrentBias);
  }
  if (above)
    // prettier-ignore
    kernels.product(dRecurrentWeights, gateRow, dRecurrentWeights, gateRow, before, 4, hiddenRow, panels, units, rows, columns);
}

/** Pointers, and widths in numbers. */
export interface LinearGradientInput {
  /** Only the rows [from, rows) are summed. */
  readonly from: number;
  readonly rows: number;
  /** Scratch memory for panels of `BLOCK` rows. */
  readonly panels: number;
  /** [N, O] gradient of the result, and [N, I] the input. */
  readonly dOut: number;
  readonly x: number;
  /** I and O. */
  readonly inputs: number;
  readonly columns: number;
  /** [I, O] and [1, O]: where the gradients are added. */
  readonly dWeights: number;
  readonly dBias: number;
}

/** Adds the gradients of a linear layer's weights. */
export function addLinearGradients(
  { kernels }: WasmMemory,
  { from, rows, panels, dOut, x, inputs, columns, dWeights, dBias }: LinearGradientInput,
): void {
  const [row, outRow] = [4 * inputs, 4 * columns];
  for (let at = from; at < rows; at += BLOCK) {
    const count = Math.min(BLOCK, rows - at);
    kernels.packPanels(panels, dOut + at * outRow, outRow, count, columns, dBias);
    // prettier-ignore
    kernels.product(dWeights, outRow, dWeights, outRow, x + at * row, 4, row, panels, inputs, count, columns);
  }
}
