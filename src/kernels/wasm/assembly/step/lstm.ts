import { sigmoid, tanh } from '../lib/activations.ts';
import { flushTiny } from '../lib/flush-tiny.ts';
import { madd } from '../lib/madd.ts';

/**
 * Rows of one time step through the LSTM equations of torch.nn.LSTM: c' = f c + i g, h' = o tanh(c').
 *
 * @param gates [rows, 4 units] sums that go into i, f, g, o; their activations afterwards
 * @param before [rows, units] cell states of the step before; 0 = zeros
 * @param cell [rows, units] like the next two; may be `before`
 * @param squashed tanh of the cell states
 * @param units multiple of 4
 */
export function lstmForward(
  gates: usize,
  before: usize,
  cell: usize,
  squashed: usize,
  hidden: usize,
  rows: usize,
  units: usize,
): void {
  const width = units << 2;
  let at: usize = 0;
  for (let row: usize = 0; row < rows; row++) {
    for (const end = at + width; at < end; at += 16) {
      const forgetAt = gates + width;
      const candidateAt = forgetAt + width;
      const outputAt = candidateAt + width;
      const input = sigmoid(v128.load(gates));
      const candidate = tanh(v128.load(candidateAt));
      const forget = sigmoid(v128.load(forgetAt));
      const output = sigmoid(v128.load(outputAt));
      v128.store(gates, input);
      v128.store(forgetAt, forget);
      v128.store(candidateAt, candidate);
      v128.store(outputAt, output);
      let state = f32x4.mul(input, candidate);
      if (before) state = madd(forget, v128.load(before + at), state);
      const tanhState = tanh(state);
      v128.store(cell + at, state);
      v128.store(squashed + at, tanhState);
      v128.store(hidden + at, f32x4.mul(output, tanhState));
      gates += 16;
    }
    gates += 3 * width;
  }
}

/**
 * The backward pass of `lstmForward`: overwrites the gates with the gradients of the sums that went
 * into them.
 *
 * @param gates, cell, squashed as `lstmForward` left them
 * @param before [rows, units] cell states of the step before; 0 = zeros
 * @param dHidden [rows, units] gradient of the hidden states
 * @param carry [rows, units] gradient of the cell states from the step after (0 where a window ends
 *   here); overwritten with that for the step before
 */
export function lstmBackward(
  gates: usize,
  before: usize,
  squashed: usize,
  dHidden: usize,
  carry: usize,
  rows: usize,
  units: usize,
): void {
  const width = units << 2;
  const one = f32x4.splat(1);
  let at: usize = 0;
  for (let row: usize = 0; row < rows; row++) {
    for (const end = at + width; at < end; at += 16) {
      const forgetAt = gates + width;
      const candidateAt = forgetAt + width;
      const outputAt = candidateAt + width;
      const input = v128.load(gates);
      const forget = v128.load(forgetAt);
      const candidate = v128.load(candidateAt);
      const output = v128.load(outputAt);
      const tanhState = v128.load(squashed + at);
      const dHere = flushTiny(v128.load(dHidden + at));
      const slope = f32x4.sub(one, f32x4.mul(tanhState, tanhState));
      const dState = madd(f32x4.mul(dHere, output), slope, v128.load(carry + at));
      const dCell = flushTiny(dState);
      const dCellInput = f32x4.mul(dCell, input);
      const dCellForget = f32x4.mul(dCell, forget);
      const old = before ? v128.load(before + at) : f32x4.splat(0);
      const dOutput = f32x4.mul(f32x4.mul(dHere, tanhState), output);
      v128.store(gates, f32x4.mul(f32x4.mul(dCellInput, candidate), f32x4.sub(one, input)));
      v128.store(forgetAt, f32x4.mul(f32x4.mul(dCellForget, old), f32x4.sub(one, forget)));
      v128.store(
        candidateAt,
        f32x4.mul(dCellInput, f32x4.sub(one, f32x4.mul(candidate, candidate))),
      );
      v128.store(outputAt, f32x4.mul(dOutput, f32x4.sub(one, output)));
      v128.store(carry + at, dCellForget);
      gates += 16;
    }
    gates += 3 * width;
  }
}
