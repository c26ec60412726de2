import type { Checkpoint } from '../model/checkpoint.ts';
import type { ExpectedValue } from '../predict/dynamics.ts';
import { createPredictor } from '../predict/create-predictor.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode, Step } from '../record/episode.ts';
import type { NormalPart } from '../util/normal.ts';
import { crps, roundedLogLikelihood } from './distribution-scores.ts';

/** Anything that predicts the next values of continuous targets; it is given the steps one by one. */
export interface ValuePredictor {
  readonly name: string;
  /** Begins an episode. */
  reset(): void;
  /** Adds the next step and writes the values expected at the step after it to `out`, [targets]. */
  next(step: Step, out: Float64Array): void;
  /** The distribution of a target's value at the step after the newest; empty where there is none. */
  distribution?(target: number): readonly NormalPart[];
}

/** Errors of the predictions of one target. */
export interface ValueErrors {
  readonly predictions: number;
  /** Root of the mean squared error, in the field's unit; NaN without predictions. */
  readonly rmse: number;
  /** Mean `crps`, in the field's unit, and `roundedLogLikelihood`, nats; NaN where a distribution was missing. */
  readonly crps: number;
  readonly logLikelihood: number;
}

export interface ScoredTarget {
  readonly column: number;
  /** To which values are rounded for the log-likelihood. */
  readonly resolution: number;
}

const CHARACTER = 'evaluated';

/** The checkpoint's own predictions, streamed over whole episodes. Its targets are `model.continuous`. */
export function modelValues(checkpoint: Checkpoint): ValuePredictor {
  const predictor = createPredictor(checkpoint, { memory: 1 });
  const names = checkpoint.model.continuous;
  let dynamics: readonly ExpectedValue[] | null = null;
  return {
    name: 'model',
    reset() {
      predictor.remove(CHARACTER);
      dynamics = null;
    },
    next(step, out) {
      const { values } = predictor.observe(CHARACTER, step);
      names.forEach((name, i) => (out[i] = values[name]));
      dynamics = null;
    },
    distribution(target) {
      dynamics ??= predictor.dynamics(CHARACTER);
      return dynamics[target].distribution;
    },
  };
}

/**
 * Runs a predictor over episodes. A value counts when it is known and the episode had an earlier one,
 * so that every predictor is measured on the same values.
 */
export function measureErrors(
  predictor: ValuePredictor,
  episodes: readonly Episode[],
  targets: readonly ScoredTarget[],
): ValueErrors[] {
  const sums = targets.map(() => ({ squares: 0, crps: 0, logs: 0, count: 0 }));
  const expected = new Float64Array(targets.length);
  for (const episode of episodes) {
    predictor.reset();
    const isStarted = targets.map(() => false);
    for (let i = 0; i < episode.length; i++) {
      targets.forEach(({ column, resolution }, c) => {
        const value = episode.columns[column][i];
        if (!Number.isFinite(value)) return;
        if (isStarted[c]) {
          const sum = sums[c];
          sum.squares += (value - expected[c]) ** 2;
          sum.count++;
          const parts = predictor.distribution?.(c) ?? [];
          sum.crps += parts.length ? crps(parts, value) : NaN;
          sum.logs += parts.length ? roundedLogLikelihood(parts, value, resolution) : NaN;
        }
        isStarted[c] = true;
      });
      predictor.next(stepAt(episode, i), expected);
    }
  }
  return sums.map(({ squares, crps: scores, logs, count }) => ({
    predictions: count,
    rmse: Math.sqrt(squares / (count || NaN)),
    crps: scores / (count || NaN),
    logLikelihood: logs / (count || NaN),
  }));
}
