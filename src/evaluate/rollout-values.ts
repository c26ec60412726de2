import type { PredictedStep } from '../predict/rollout.ts';
import { columnsOf } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { skillOf } from './continuous.ts';

/** Errors of one continuous target, some steps ahead. */
export interface RolloutValueScores {
  readonly name: string;
  readonly predictions: number;
  /** Root of the mean squared error of the roll-out, in the field's unit. */
  readonly rmse: number;
  /** The same for a target that stays at its last known value. */
  readonly persistence: number;
  /** 1 - rmse / persistence; see `skillOf`. */
  readonly skill: number;
}

interface Sums {
  count: number;
  own: number;
  last: number;
}

/** Adds up the errors of the values of roll-outs. */
export class RolloutValues {
  readonly #names: readonly string[];
  readonly #columns: readonly number[];
  /** [horizon][targets]. */
  readonly #sums: readonly (readonly Sums[])[];

  /** @param names continuous targets, fields of the spec */
  constructor(spec: CharacterSpec, names: readonly string[], horizon: number) {
    this.#names = names;
    this.#columns = names.map((name) => columnsOf(spec).findIndex((field) => field.name === name));
    this.#sums = Array.from({ length: horizon }, () =>
      names.map(() => ({ count: 0, own: 0, last: 0 })),
    );
  }

  /**
   * Adds one step of a roll-out from step `from` of an episode. A value counts when it is known and
   * the episode had one before it.
   */
  add({ columns }: Episode, from: number, { ahead, values }: PredictedStep): void {
    this.#columns.forEach((column, target) => {
      const actual = columns[column][from + ahead];
      const last = lastKnown(columns[column], from);
      if (!Number.isFinite(actual) || !Number.isFinite(last)) return;
      const sums = this.#sums[ahead - 1][target];
      sums.count++;
      sums.own += (actual - values[this.#names[target]]) ** 2;
      sums.last += (actual - last) ** 2;
    });
  }

  /** Scores of all targets k steps ahead; NaN where there were no values. */
  scores(k: number): RolloutValueScores[] {
    return this.#sums[k - 1].map(({ count, own, last }, target) => {
      const rmse = Math.sqrt(own / (count || NaN));
      const persistence = Math.sqrt(last / (count || NaN));
      return {
        name: this.#names[target],
        predictions: count,
        rmse,
        persistence,
        skill: skillOf(rmse, persistence),
      };
    });
  }
}

function lastKnown(column: Float32Array, from: number): number {
  for (let step = from; step >= 0; step--) if (Number.isFinite(column[step])) return column[step];
  return NaN;
}
