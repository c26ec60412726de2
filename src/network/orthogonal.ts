import type { Rng } from '../util/rng.ts';

/**
 * A random orthogonal [size, size] matrix, row-major: normal rows, each made orthogonal to those
 * before it (modified Gram-Schmidt, done twice against rounding) and of length 1.
 */
export function orthogonal(size: number, rng: Rng): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const current = matrix.subarray(row * size, (row + 1) * size);
    let length = 0;
    // Drawn again in the unlikely case that it lies in the space that the rows before it span.
    while (length < 1e-6) {
      for (let i = 0; i < size; i++) current[i] = rng.normal();
      for (let pass = 0; pass < 2; pass++)
        for (let other = 0; other < row; other++) {
          const before = matrix.subarray(other * size, (other + 1) * size);
          let dot = 0;
          for (let i = 0; i < size; i++) dot += before[i] * current[i];
          for (let i = 0; i < size; i++) current[i] -= dot * before[i];
        }
      length = Math.hypot(...current);
    }
    for (let i = 0; i < size; i++) current[i] /= length;
  }
  return matrix;
}
