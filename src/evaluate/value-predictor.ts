import type { Checkpoint } from '../model/checkpoint.ts';
import { Predictor } from '../predict/predictor.ts';
import type { Episode, Step } from '../record/episode.ts';

/** Anything that predicts the next values of continuous targets; it is given the steps one by one. */
export interface ValuePredictor {
  readonly name: string;
  /** Begins an episode. */
  reset(): void;
  /** Adds the next step and writes the values expected at the step after it to `out`, [targets]. */
  next(step: Step, out: Float64Array): void;
}

/** Errors of the predictions of one target. */
export interface Residuals {
  readonly predictions: number;
  /** Root of the mean squared error, in the field's unit; NaN without predictions. */
  readonly rmse: number;
}

const CHARACTER = 'evaluated';

/** The checkpoint's own predictions, streamed over whole episodes. Its targets are `model.continuous`. */
export function modelValues(checkpoint: Checkpoint): ValuePredictor {
  const predictor = new Predictor(checkpoint, { memory: 1 });
  const names = checkpoint.model.continuous;
  return {
    name: 'model',
    reset() {
      predictor.remove(CHARACTER);
    },
    next(step, out) {
      const { values } = predictor.observe(CHARACTER, step);
      names.forEach((name, i) => (out[i] = values[name]));
    },
  };
}

/**
 * Runs a predictor over episodes. A value counts when it is known and the episode had an earlier one,
 * so that every predictor is measured on the same values.
 *
 * @param columns indices of the targets' columns
 */
export function measureResiduals(
  predictor: ValuePredictor,
  episodes: readonly Episode[],
  columns: readonly number[],
): Residuals[] {
  const sums = columns.map(() => ({ squares: 0, count: 0 }));
  const expected = new Float64Array(columns.length);
  for (const { length, ticks, actions, columns: all } of episodes) {
    predictor.reset();
    const isStarted = columns.map(() => false);
    for (let i = 0; i < length; i++) {
      columns.forEach((column, c) => {
        const value = all[column][i];
        if (!Number.isFinite(value)) return;
        if (isStarted[c]) {
          sums[c].squares += (value - expected[c]) ** 2;
          sums[c].count++;
        }
        isStarted[c] = true;
      });
      const values = Float32Array.from(all, (column) => column[i]);
      predictor.next({ tick: ticks[i], action: actions[i], values }, expected);
    }
  }
  return sums.map(({ squares, count }) => ({
    predictions: count,
    rmse: Math.sqrt(squares / (count || NaN)),
  }));
}
