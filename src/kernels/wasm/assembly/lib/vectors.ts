/** Sum of four numbers. */
export function total(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** Copies x to y. For the few numbers of a row, `memory.copy` takes longer. */
export function copy(y: usize, x: usize, bytes: usize): void {
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(y + at, v128.load(x + at));
  for (; at < bytes; at += 4) f32.store(y + at, f32.load(x + at));
}

/** Sum of x[i] * y[i]. */
export function dot(x: usize, y: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16)
    sums = f32x4.add(sums, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  let sum = total(sums);
  for (; at < bytes; at += 4) sum += f32.load(x + at) * f32.load(y + at);
  return sum;
}

/** y[i] += factor * x[i]. */
export function addScaled(y: usize, x: usize, factor: f32, bytes: usize): void {
  const factors = f32x4.splat(factor);
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16)
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(factors, v128.load(x + at))));
  for (; at < bytes; at += 4) f32.store(y + at, f32.load(y + at) + factor * f32.load(x + at));
}
