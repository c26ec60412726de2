import { madd } from '../lib/madd.ts';

/**
 * Adam with decoupled weight decay, as in torch.optim.AdamW.
 *
 * @param first, second [count] moments
 * @param decayed [count] 1 where weight decay acts, else 0
 * @param count multiple of 4
 * @param stride rate / (1 - beta1^updates)
 * @param correction 1 / (1 - beta2^updates)
 * @param decay rate * weightDecay
 */
export function adam(
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  decayed: usize,
  count: usize,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  stride: f32,
  correction: f32,
  epsilon: f32,
  decay: f32,
): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    const slope = v128.load(gradient + at);
    const m = madd(f32x4.splat(rest1), slope, f32x4.mul(f32x4.splat(beta1), v128.load(first + at)));
    const v = madd(
      f32x4.mul(f32x4.splat(rest2), slope),
      slope,
      f32x4.mul(f32x4.splat(beta2), v128.load(second + at)),
    );
    v128.store(first + at, m);
    v128.store(second + at, v);
    const weight = v128.load(weights + at);
    const shrink = f32x4.mul(f32x4.splat(decay), v128.load(decayed + at));
    const kept = f32x4.sub(weight, f32x4.mul(shrink, weight));
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(correction))), f32x4.splat(epsilon));
    v128.store(weights + at, f32x4.sub(kept, f32x4.div(f32x4.mul(f32x4.splat(stride), m), size)));
  }
}

/** Gradient descent with momentum, as in torch.optim.SGD; `count` is a multiple of 4. */
export function sgd(
  weights: usize,
  gradient: usize,
  velocity: usize,
  count: usize,
  rate: f32,
  momentum: f32,
): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    const speed = madd(f32x4.splat(momentum), v128.load(velocity + at), v128.load(gradient + at));
    v128.store(velocity + at, speed);
    v128.store(
      weights + at,
      f32x4.sub(v128.load(weights + at), f32x4.mul(f32x4.splat(rate), speed)),
    );
  }
}
