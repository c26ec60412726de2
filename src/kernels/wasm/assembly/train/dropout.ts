/** out [count] = x * factors, which may be `out`; also for gradients. `count` is a multiple of 4. */
export function dropOut(out: usize, x: usize, factors: usize, count: usize): void {
  for (let at: usize = 0; at < count << 2; at += 16)
    v128.store(out + at, f32x4.mul(v128.load(x + at), v128.load(factors + at)));
}
