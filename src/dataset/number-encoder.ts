import { clamp } from '../util/math.ts';
import { pieceCount, writePieces } from './piecewise.ts';
import type { NumberStatistics } from './value-target.ts';

const NONE: readonly number[] = [];

/** Columns of a number: its value, then the pieces of the value, of its change and of its product with the facing direction. */
export const numberColumns = ({
  knots,
  changeKnots,
  turned,
}: Pick<NumberStatistics, 'knots' | 'changeKnots' | 'turned'>): number =>
  1 + pieceCount(knots) + pieceCount(changeKnots) + pieceCount(turned?.knots);

/**
 * Writes one number field. All instances have the same shape, whatever their statistics contain;
 * otherwise the JavaScript engine would allocate an object for every number read.
 */
export class NumberEncoder {
  readonly #field: number;
  readonly #mean: number;
  readonly #scale: number;
  readonly #low: number;
  readonly #high: number;
  readonly #fill: number;
  readonly #knots: readonly number[];
  readonly #changeKnots: readonly number[];
  readonly #facingKnots: readonly number[];
  readonly #by: number;

  /** @param field its index among the fields of the spec */
  constructor(field: number, statistics: NumberStatistics) {
    const { mean, scale, low, high, fill, knots, changeKnots, turned } = statistics;
    this.#field = field;
    this.#mean = mean;
    this.#scale = scale;
    this.#low = low;
    this.#high = high;
    this.#fill = fill;
    this.#knots = knots ?? NONE;
    this.#changeKnots = changeKnots ?? NONE;
    this.#facingKnots = turned?.knots ?? NONE;
    this.#by = turned?.by ?? field;
  }

  /**
   * Writes its columns to `out` from `at` on and returns the index after them.
   *
   * @param known [fields] last known values of all fields, NaN where there is none
   * @param changes [fields] changes since the previous step; 0 or NaN where there is none
   */
  write(known: Float32Array, changes: Float32Array, out: Float32Array, at: number): number {
    const last = known[this.#field];
    const value = last === last ? last : this.#fill;
    out[at] = (clamp(value, this.#low, this.#high) - this.#mean) / this.#scale;
    let end = writePieces(this.#knots, value, out, at + 1);
    end = writePieces(this.#changeKnots, changes[this.#field] || 0, out, end);
    return writePieces(this.#facingKnots, last * known[this.#by] || 0, out, end);
  }
}
