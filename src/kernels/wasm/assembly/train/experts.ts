import { exp } from '../lib/activations.ts';
import { log } from '../lib/log.ts';
import { addScaled, dot } from '../lib/vectors.ts';

/** log(1 + e^x), without overflow. */
function softplus(x: f32): f32 {
  const e = f32x4.extract_lane(exp(f32x4.splat(-abs(x))), 0);
  return max(x, 0) + <f32>log(1 + <f64>e);
}

function sigmoid(x: f32): f32 {
  const e = f32x4.extract_lane(exp(f32x4.splat(-abs(x))), 0);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/**
 * Adds the experts' votes to the logits: logits += sum over k of softplus(gate[k]) * logs[k].
 *
 * @param logits, gate first columns in the first row; `stride` bytes to the next row
 * @param mask [rows], 0 where a row is to be skipped
 * @param logs [rows, experts, actions] the experts' log-probabilities
 */
export function mixExperts(
  logits: usize,
  gate: usize,
  stride: usize,
  actions: usize,
  experts: usize,
  rows: usize,
  mask: usize,
  logs: usize,
): void {
  const bytes = actions << 2;
  for (let row: usize = 0; row < rows; row++, logits += stride, gate += stride) {
    if (f32.load(mask + (row << 2)) == 0) continue;
    const votes = logs + row * experts * bytes;
    for (let k: usize = 0; k < experts; k++)
      addScaled(logits, votes + k * bytes, softplus(f32.load(gate + (k << 2))), bytes);
  }
}

/**
 * Overwrites the gate with its gradient, given the logits' gradient, and adds the gradient of the
 * weights of `gateMatches`. Arguments as in `gateMatches` and `mixExperts`.
 */
export function mixExpertsBackward(
  dLogits: usize,
  gate: usize,
  stride: usize,
  actions: usize,
  experts: usize,
  rows: usize,
  mask: usize,
  logs: usize,
  matches: usize,
  matchStride: usize,
  width: usize,
  dWeights: usize,
): void {
  const bytes = actions << 2;
  const matchBytes = width << 2;
  for (let row: usize = 0; row < rows; row++, dLogits += stride, gate += stride) {
    if (f32.load(mask + (row << 2)) == 0) {
      memory.fill(gate, 0, experts << 2);
      continue;
    }
    const votes = logs + row * experts * bytes;
    const match = matches + row * matchStride;
    for (let k: usize = 0; k < experts; k++) {
      const at = gate + (k << 2);
      const gradient = sigmoid(f32.load(at)) * dot(dLogits, votes + k * bytes, bytes);
      f32.store(at, gradient);
      addScaled(dWeights + k * matchBytes, match, gradient, matchBytes);
    }
  }
}
