import { clamp } from '../util/math.ts';
import { pieceCount, writePieces } from './piecewise.ts';
import type { NumberStatistics } from './value-target.ts';

const NONE: readonly number[] = [];

/** Columns of a number: its value, then its pieces, those of its change and those as it faces. */
export const numberColumns = ({
  knots,
  changeKnots,
  turned,
}: Pick<NumberStatistics, 'knots' | 'changeKnots' | 'turned'>): number =>
  1 + pieceCount(knots) + pieceCount(changeKnots) + pieceCount(turned?.knots);

/**
 * Writes one number field. All of them look alike to the engine, whatever their statistics have: it
 * would put every figure that it reads in an object of its own otherwise.
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
  readonly #turnedKnots: readonly number[];
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
    this.#turnedKnots = turned?.knots ?? NONE;
    this.#by = turned?.by ?? field;
  }

  /**
   * Writes its columns to `out` from `at` on and returns the place after them.
   *
   * @param known [fields] last known values, NaN where there was none; of a direction too
   * @param changes [fields] changes since the step before; 0 or NaN where there was none
   */
  write(known: Float32Array, changes: Float32Array, out: Float32Array, at: number): number {
    const last = known[this.#field];
    const value = last === last ? last : this.#fill;
    out[at] = (clamp(value, this.#low, this.#high) - this.#mean) / this.#scale;
    let end = writePieces(this.#knots, value, out, at + 1);
    end = writePieces(this.#changeKnots, changes[this.#field] || 0, out, end);
    return writePieces(this.#turnedKnots, last * known[this.#by] || 0, out, end);
  }
}
