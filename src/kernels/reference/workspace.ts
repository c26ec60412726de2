import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import { zerosLike } from '../../util/math.ts';

/** Named memory for intermediate results, reused from batch to batch; it grows when a batch needs more. */
export class Workspace<A extends FloatArray> {
  readonly #like: A;
  readonly #arrays = new Map<string, A>();

  /** @param like an array of the precision to compute in */
  constructor(like: A) {
    this.#like = like;
  }

  /** A matrix with whatever was last written under its name. */
  matrix(name: string, rows: number, columns: number): Matrix<A> {
    const length = rows * columns;
    let data = this.#arrays.get(name);
    if (!data || data.length < length) {
      data = zerosLike(this.#like, length);
      this.#arrays.set(name, data);
    }
    return { data, offset: 0, rows, columns };
  }

  /** The same, filled with zeros. */
  zeros(name: string, rows: number, columns: number): Matrix<A> {
    const matrix = this.matrix(name, rows, columns);
    matrix.data.fill(0, 0, rows * columns);
    return matrix;
  }
}
