/**
 * x = max(0, x); NaN stays NaN.
 *
 * @param count floats, a multiple of 4
 */
export function rectify(x: usize, count: usize): void {
  const zero = f32x4.splat(0);
  for (const end = x + (count << 2); x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), zero));
}

/**
 * Clears the gradient where the rectified value was 0.
 *
 * @param gradient of `rectify`'s result; overwritten with that of its argument
 * @param rectified the result of `rectify`
 * @param count floats, a multiple of 4
 */
export function rectifyBackward(gradient: usize, rectified: usize, count: usize): void {
  const zero = f32x4.splat(0);
  const end = gradient + (count << 2);
  for (; gradient < end; gradient += 16, rectified += 16) {
    const passes = f32x4.ne(v128.load(rectified), zero);
    v128.store(gradient, v128.and(v128.load(gradient), passes));
  }
}
