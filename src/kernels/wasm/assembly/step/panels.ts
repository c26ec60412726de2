/**
 * Packs b [k, m] into panels of 8 columns, each [k, 8] and contiguous, for `product`.
 *
 * @param stride bytes of a row of `b`
 * @param m multiple of 8
 * @param sums [m], to which the sum of each column is added; 0 to skip it
 */
export function packPanels(
  panels: usize,
  b: usize,
  stride: usize,
  k: usize,
  m: usize,
  sums: usize,
): void {
  for (let column: usize = 0; column < m << 2; column += 32) {
    let from = b + column;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let row: usize = 0; row < k; row++) {
      const left = v128.load(from);
      const right = v128.load(from, 16);
      v128.store(panels, left);
      v128.store(panels, right, 16);
      sum0 = f32x4.add(sum0, left);
      sum1 = f32x4.add(sum1, right);
      from += stride;
      panels += 32;
    }
    if (!sums) continue;
    v128.store(sums + column, f32x4.add(v128.load(sums + column), sum0));
    v128.store(sums + column, f32x4.add(v128.load(sums + column, 16), sum1), 16);
  }
}
