import { sigmoid, tanh } from '../lib/activations.ts';
import { flushTiny } from '../lib/flush-tiny.ts';
import { madd } from '../lib/madd.ts';

/**
 * Rows of one time step through the GRU equations of torch.nn.GRU: n = tanh(input + r recurrent),
 * h' = (1 - z) n + z h.
 *
 * @param gates [rows, 3 units] the input's share of the sums of r, z, n; their activations afterwards
 * @param recurrent [rows, 3 units] the hidden state's share of them; not changed
 * @param before [rows, units] hidden states of the step before; 0 = zeros
 * @param hidden [rows, units]; may be `before`
 * @param units multiple of 4
 */
export function gruForward(
  gates: usize,
  recurrent: usize,
  before: usize,
  hidden: usize,
  rows: usize,
  units: usize,
): void {
  const width = units << 2;
  let at: usize = 0;
  for (let row: usize = 0; row < rows; row++) {
    for (const end = at + width; at < end; at += 16) {
      const updateAt = gates + width;
      const candidateAt = updateAt + width;
      const reset = sigmoid(f32x4.add(v128.load(gates), v128.load(recurrent)));
      const update = sigmoid(f32x4.add(v128.load(updateAt), v128.load(recurrent + width)));
      const candidate = tanh(madd(reset, v128.load(recurrent + 2 * width), v128.load(candidateAt)));
      v128.store(gates, reset);
      v128.store(updateAt, update);
      v128.store(candidateAt, candidate);
      let result = f32x4.mul(f32x4.sub(f32x4.splat(1), update), candidate);
      if (before) result = madd(update, v128.load(before + at), result);
      v128.store(hidden + at, result);
      gates += 16;
      recurrent += 16;
    }
    gates += 2 * width;
    recurrent += 2 * width;
  }
}

/**
 * The backward pass of `gruForward`: overwrites `gates` and `recurrent` with the gradients of the sums
 * that went into the gates.
 *
 * @param before [rows, units] hidden states of the step before; 0 = zeros
 * @param dHidden [rows, units] gradient of the hidden states
 * @param dBefore [rows, units] the gradient that bypasses the gates is added here; 0 if `before` is
 */
export function gruBackward(
  gates: usize,
  recurrent: usize,
  before: usize,
  dHidden: usize,
  dBefore: usize,
  rows: usize,
  units: usize,
): void {
  const width = units << 2;
  const one = f32x4.splat(1);
  let at: usize = 0;
  for (let row: usize = 0; row < rows; row++) {
    for (const end = at + width; at < end; at += 16) {
      const updateAt = gates + width;
      const candidateAt = updateAt + width;
      const reset = v128.load(gates);
      const update = v128.load(updateAt);
      const candidate = v128.load(candidateAt);
      const dHere = flushTiny(v128.load(dHidden + at));
      const dUpdated = f32x4.mul(dHere, update);
      const kept = f32x4.sub(one, update);
      const old = before ? v128.load(before + at) : f32x4.splat(0);
      const slope = f32x4.sub(one, f32x4.mul(candidate, candidate));
      const dCandidate = f32x4.mul(f32x4.mul(dHere, kept), slope);
      const dUpdate = f32x4.mul(f32x4.mul(dUpdated, f32x4.sub(old, candidate)), kept);
      const dShare = f32x4.mul(dCandidate, reset);
      const dReset = f32x4.mul(
        f32x4.mul(dShare, v128.load(recurrent + 2 * width)),
        f32x4.sub(one, reset),
      );
      v128.store(gates, dReset);
      v128.store(updateAt, dUpdate);
      v128.store(candidateAt, dCandidate);
      v128.store(recurrent, dReset);
      v128.store(recurrent + width, dUpdate);
      v128.store(recurrent + 2 * width, dShare);
      if (before) v128.store(dBefore + at, f32x4.add(v128.load(dBefore + at), dUpdated));
      gates += 16;
      recurrent += 16;
    }
    gates += 2 * width;
    recurrent += 2 * width;
  }
}
