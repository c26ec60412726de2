import type { Episode } from '../record/episode.ts';
import { clamp } from '../util/math.ts';
import type { NumberStatistics } from './value-target.ts';

/** A continuous target: its column in a step's values, and how it is normalised. */
export interface ValueColumn extends Pick<NumberStatistics, 'mean' | 'scale'> {
  readonly column: number;
}

/** Inputs are clipped to so many scales: one absurd reading must not outweigh all others. */
const FARTHEST = 30;

/** The newest known values of each target; while there are too few, the first one is repeated. */
export class ValueHistory {
  /** [targets, lags] normalised, newest first; 0 where a target was never known. Then a constant 1. */
  readonly inputs: Float64Array;
  readonly #targets: readonly ValueColumn[];
  readonly #lags: number;
  /** [targets] the last known value of each, in its unit; NaN where there is none. */
  readonly last: Float64Array;

  constructor(targets: readonly ValueColumn[], lags: number) {
    this.#targets = targets;
    this.#lags = lags;
    this.inputs = new Float64Array(targets.length * lags + 1);
    this.last = new Float64Array(targets.length);
    this.reset();
  }

  /** Begins an episode. */
  reset(): void {
    this.inputs.fill(0);
    this.inputs[this.inputs.length - 1] = 1;
    this.last.fill(NaN);
  }

  /** Takes over the values of another history of the same targets and lags. */
  copyFrom(other: ValueHistory): void {
    this.inputs.set(other.inputs);
    this.last.set(other.last);
  }

  /** Adds a step's values, by column. */
  push(values: ArrayLike<number>): void {
    for (let c = 0; c < this.#targets.length; c++) this.#add(c, values[this.#targets[c].column]);
  }

  /** Adds a step of an episode. */
  pushStep({ columns }: Pick<Episode, 'columns'>, step: number): void {
    for (let c = 0; c < this.#targets.length; c++)
      this.#add(c, columns[this.#targets[c].column][step]);
  }

  #add(target: number, value: number): void {
    const { mean, scale } = this.#targets[target];
    const isFirst = Number.isNaN(this.last[target]);
    if (Number.isFinite(value)) this.last[target] = value;
    else if (isFirst) return;
    const from = target * this.#lags;
    const normalised = (this.last[target] - mean) / scale;
    this.inputs.copyWithin(from + 1, from, from + this.#lags - 1);
    this.inputs[from] = clamp(normalised, -FARTHEST, FARTHEST);
    if (isFirst) this.inputs.fill(this.inputs[from], from, from + this.#lags);
  }
}
