/** Packs the transpose [k, m] of b [m, k] into panels; `stride` and `m` as in `packPanels`. */
export function packTurnedPanels(panels: usize, b: usize, stride: usize, k: usize, m: usize): void {
  for (let column: usize = 0; column < m; column += 8)
    for (let row: usize = 0; row < k; row++) {
      let from = b + column * stride + (row << 2);
      for (let i: usize = 0; i < 8; i++) {
        f32.store(panels, f32.load(from));
        from += stride;
        panels += 4;
      }
    }
}
