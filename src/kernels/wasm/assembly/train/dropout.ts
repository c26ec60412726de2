/**
 * out = x * factors[places[row]], for packed rows. `out` may be `x`. Serves the backward pass too.
 * Columns beyond `width` are not changed.
 *
 * @param stride bytes of a row of `out` and of `x`
 * @param factors [places, width]
 * @param places [rows] i32
 */
export function dropOut(
  out: usize,
  x: usize,
  stride: usize,
  factors: usize,
  width: usize,
  places: usize,
  rows: usize,
): void {
  const bytes = width << 2;
  const whole = bytes & ~15;
  for (let row: usize = 0; row < rows; row++, out += stride, x += stride) {
    const factor = factors + <usize>i32.load(places + (row << 2)) * bytes;
    let at: usize = 0;
    for (; at < whole; at += 16)
      v128.store(out + at, f32x4.mul(v128.load(x + at), v128.load(factor + at)));
    for (; at < bytes; at += 4) f32.store(out + at, f32.load(x + at) * f32.load(factor + at));
  }
}
