/**
 * Writes the sum of the squared deviations of one head's columns from their targets to `result` (one
 * f64), and overwrites the outputs with the gradient of sum * scale. Targets that are NaN and rows
 * outside the mask are ignored: their gradient is 0.
 *
 * @param outputs the head's first column in the first row
 * @param stride bytes of a row of the joined heads
 * @param size columns of the head
 * @param targets [rows, size]
 * @param mask [rows], weights
 */
export function squaredError(
  outputs: usize,
  stride: usize,
  size: usize,
  rows: usize,
  targets: usize,
  mask: usize,
  scale: f32,
  result: usize,
): void {
  let loss: f64 = 0;
  for (let row: usize = 0; row < rows; row++, outputs += stride) {
    const weight = f32.load(mask + (row << 2));
    for (let i: usize = 0; i < size; i++) {
      const at = outputs + (i << 2);
      const target = f32.load(targets + ((row * size + i) << 2));
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
