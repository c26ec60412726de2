import { exp } from '../lib/activations.ts';
import { log } from '../lib/log.ts';
import { total } from '../lib/vectors.ts';

/**
 * Cross-entropy of softmax over one head's columns. Overwrites the logits with the gradient of
 * loss * scale, which is 0 in rows without a target. With soft targets q the loss is -sum q log softmax.
 *
 * @param logits the head's first column in the first row
 * @param stride bytes of a row of the joined heads
 * @param size columns of the head; up to 3 more are read, but not changed
 * @param targets [rows] i32
 * @param mask [rows] f32, weights; 0 = no target
 * @param result two f64: loss in nats, and the targets whose class has the greatest logit
 * @param soft [rows, size] f32, distributions to learn in place of the targets alone; 0 = none
 */
export function softmaxCrossEntropy(
  logits: usize,
  stride: usize,
  size: usize,
  rows: usize,
  targets: usize,
  mask: usize,
  scale: f32,
  result: usize,
  soft: usize,
): void {
  let loss: f64 = 0;
  let correct: f64 = 0;
  const bytes = size << 2;
  const lanes = i32x4(0, 4, 8, 12);
  for (let row: usize = 0; row < rows; row++, logits += stride) {
    const weight = f32.load(mask + (row << 2));
    if (weight == 0) {
      memory.fill(logits, 0, bytes);
      continue;
    }
    const target = logits + ((<usize>i32.load(targets + (row << 2))) << 2);
    let best = logits;
    let max = f32.load(logits);
    for (let at = logits + 4; at < logits + bytes; at += 4) {
      const logit = f32.load(at);
      if (logit > max) {
        max = logit;
        best = at;
      }
    }
    const shares = soft + row * bytes;
    let targetLogit: f64 = f32.load(target);
    if (soft) {
      targetLogit = 0;
      for (let at: usize = 0; at < bytes; at += 4)
        targetLogit += <f64>f32.load(shares + at) * <f64>f32.load(logits + at);
    }
    let sums = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const inside = i32x4.lt_s(lanes, i32x4.splat(<i32>(bytes - at)));
      const old = v128.load(logits + at);
      const power = exp(f32x4.sub(old, f32x4.splat(max)));
      sums = f32x4.add(sums, v128.and(power, inside));
      v128.store(logits + at, v128.bitselect(power, old, inside));
    }
    const sum = total(sums);
    loss += <f64>weight * (log(<f64>sum) + (<f64>max - targetLogit));
    if (best == target) correct += <f64>weight;
    const factor = f32x4.splat((scale * weight) / sum);
    for (let at: usize = 0; at < bytes; at += 16) {
      const inside = i32x4.lt_s(lanes, i32x4.splat(<i32>(bytes - at)));
      const old = v128.load(logits + at);
      v128.store(logits + at, v128.bitselect(f32x4.mul(old, factor), old, inside));
    }
    if (!soft) {
      f32.store(target, f32.load(target) - scale * weight);
      continue;
    }
    for (let at: usize = 0; at < bytes; at += 4)
      f32.store(logits + at, f32.load(logits + at) - scale * weight * f32.load(shares + at));
  }
  f64.store(result, loss);
  f64.store(result, correct, 8);
}
