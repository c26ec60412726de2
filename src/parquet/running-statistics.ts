import { createRng } from '../util/rng.ts';

/** Where the quantiles of LeRobot's statistics are. */
const QUANTILES = { q01: 0.01, q10: 0.1, q50: 0.5, q90: 0.9, q99: 0.99 } as const;

/** One column's statistics; null without a known value. */
export type ColumnSummary = Readonly<
  Record<'min' | 'max' | 'mean' | 'std' | keyof typeof QUANTILES, number | null>
> & {
  /** Values that are known. */
  readonly count: number;
};

/** Range, mean, deviation and quantiles of columns from one pass. Memory does not grow with the rows. */
export class RunningStatistics {
  readonly #columns: readonly Column[];
  readonly #rng = createRng(1);
  readonly #size: number;
  #rows = 0;
  /** The row that is sampled next, and how likely later ones are (Li 1994, algorithm L). */
  #next = 0;
  #weight = 1;

  /**
   * @param columns how many there are
   * @param size of the sample of rows that quantiles are read from
   */
  constructor(columns: number, size: number) {
    this.#columns = Array.from({ length: columns }, () => new Column(size));
    this.#size = size;
  }

  /** Adds rows, in columns of equal length. NaN is not known. */
  add(columns: readonly Float32Array[]): void {
    if (!columns.length) return;
    this.#columns.forEach((column, c) => column.add(columns[c]));
    const { length } = columns[0];
    for (; this.#next < this.#rows + length; this.#advance()) {
      const slot = this.#next < this.#size ? this.#next : this.#rng.int(this.#size);
      this.#columns.forEach((column, c) => column.keep(slot, columns[c][this.#next - this.#rows]));
    }
    this.#rows += length;
  }

  summaries(): ColumnSummary[] {
    const sampled = Math.min(this.#rows, this.#size);
    return this.#columns.map((column) => column.summary(sampled));
  }

  #advance(): void {
    if (this.#next < this.#size - 1) {
      this.#next++;
      return;
    }
    const draw = (): number => Math.log(1 - this.#rng.next());
    this.#weight *= Math.exp(draw() / this.#size);
    this.#next += Math.floor(draw() / Math.log(1 - this.#weight)) + 1;
  }
}

class Column {
  readonly #sample: Float32Array;
  #count = 0;
  #min = Infinity;
  #max = -Infinity;
  /** The first value: sums of differences to it keep their digits. */
  #origin = 0;
  #sum = 0;
  #squares = 0;

  constructor(size: number) {
    this.#sample = new Float32Array(size);
  }

  add(values: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      if (!this.#count++) this.#origin = value;
      if (value < this.#min) this.#min = value;
      if (value > this.#max) this.#max = value;
      const off = value - this.#origin;
      this.#sum += off;
      this.#squares += off * off;
    }
  }

  keep(slot: number, value: number): void {
    this.#sample[slot] = value;
  }

  summary(sampled: number): ColumnSummary {
    const count = this.#count;
    const known = this.#sample
      .subarray(0, sampled)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const off = this.#sum / count;
    const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
    const quantiles = Object.entries(QUANTILES).map(([name, at]) => [
      name,
      finite(known.length ? known[Math.floor(at * (known.length - 1))] : NaN),
    ]);
    return {
      min: finite(this.#min),
      max: finite(this.#max),
      mean: finite(this.#origin + off),
      std: finite(Math.sqrt(Math.max(0, this.#squares / count - off * off))),
      ...(Object.fromEntries(quantiles) as Record<keyof typeof QUANTILES, number | null>),
      count,
    };
  }
}
