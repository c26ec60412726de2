import type { Packing } from '../../network/packing.ts';
import type { Matrix } from './matrix.ts';

/** out = x * factors, for packed rows [N, width], forward and backward. `out` may be `x`. */
export function dropOut(out: Matrix, x: Matrix, factors: Float32Array, { places }: Packing): void {
  const { rows, columns } = x;
  for (let row = 0; row < rows; row++) {
    const from = x.offset + row * columns;
    const to = out.offset + row * columns;
    const factor = places[row] * columns;
    for (let j = 0; j < columns; j++) out.data[to + j] = x.data[from + j] * factors[factor + j];
  }
}
