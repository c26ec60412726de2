import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import { zerosLike } from './matrix.ts';

/** Memory for intermediate results by name, kept from batch to batch and grown when one needs more. */
export class Workspace<A extends FloatArray> {
  readonly #like: A;
  readonly #arrays = new Map<string, A>();

  /** @param like an array of the precision to work in */
  constructor(like: A) {
    this.#like = like;
  }

  /** A matrix that holds whatever was last written under its name. */
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
