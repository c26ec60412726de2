/**
 * Writes the sum of the squared deviations of one head's columns from their targets to `result` (one
 * f64), and overwrites the outputs with the gradient of sum * scale. Targets that are NaN and rows
 * outside the mask are ignored: their gradient is 0.
 *
 * @param outputs the head's first column in the first row
 * @param stride bytes of a row of the joined heads
 * @param size columns of the head
 * @param places [rows] i32, by which `targets` [places, size] and `mask` are indexed
 */
export function squaredError(
  outputs: usize,
  stride: usize,
  size: usize,
  rows: usize,
  places: usize,
  targets: usize,
  mask: usize,
  scale: f32,
  result: usize,
): void {
  let loss: f64 = 0;
  for (let row: usize = 0; row < rows; row++, outputs += stride) {
    const place = <usize>i32.load(places + (row << 2));
    const weight = f32.load(mask + (place << 2));
    for (let i: usize = 0; i < size; i++) {
      const at = outputs + (i << 2);
      const target = f32.load(targets + ((place * size + i) << 2));
      if (weight == 0 || target != target) {
        f32.store(at, 0);
        continue;
      }
      const deviation = f32.load(at) - target;
      loss += <f64>(weight * deviation * deviation);
      f32.store(at, 2 * scale * weight * deviation);
    }
  }
  f64.store(result, loss);
}
