import { ActionFrequencies } from '../experts/action-frequencies.ts';
import { NgramModel } from '../experts/ngram.ts';
import { learnAll } from '../experts/simple-models.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { createPredictor } from '../predict/create-predictor.ts';
import { ROLLOUT_DEFAULTS, rollout } from '../predict/rollout.ts';
import type { PredictedStep } from '../predict/rollout.ts';
import type { Step } from '../record/episode.ts';
import { resample } from '../util/resample.ts';
import { createRng } from '../util/rng.ts';

/** Anything that predicts several actions ahead; a row of a report. It is given the steps one by one. */
export interface RolloutPredictor {
  readonly name: string;
  /** Begins an episode: forgets the steps of the one before (what was learned stays). */
  reset(): void;
  /** Adds the episode's next step. Called for every step of an episode. */
  next(step: Step): void;
  /**
   * Probabilities of the 1st, 2nd, ... action after the newest step: `horizon` rows of [actions], sum 1.
   * Changes nothing.
   */
  rollout(horizon: number): readonly ArrayLike<number>[];
}

export interface RolloutPredictorOptions {
  /** Paths drawn for each roll-out. */
  readonly samples?: number;
  readonly seed?: number;
}

export const ROLLOUT_PREDICTOR_DEFAULTS: Required<RolloutPredictorOptions> = {
  samples: ROLLOUT_DEFAULTS.samples,
  seed: 1,
};

/** The model's roll-outs with their predicted values, for scoring. */
export interface ModelRollouts extends RolloutPredictor {
  /** The steps of the newest roll-out. */
  readonly steps: readonly PredictedStep[];
}

const CHARACTER = 'evaluated';

/** The checkpoint, streamed as in `modelPredictor`: one step ahead it predicts the same. */
export function modelRollouts(
  checkpoint: Checkpoint,
  options: RolloutPredictorOptions = {},
): ModelRollouts {
  const { samples, seed } = { ...ROLLOUT_PREDICTOR_DEFAULTS, ...options };
  const predictor = createPredictor(checkpoint, { memory: 1 });
  const rng = createRng(seed);
  let steps: PredictedStep[] = [];
  return {
    name: 'model',
    get steps() {
      return steps;
    },
    reset() {
      predictor.remove(CHARACTER);
    },
    next(step) {
      predictor.observe(CHARACTER, step);
    },
    rollout(horizon) {
      steps = rollout(predictor, CHARACTER, { horizon, samples, rng });
      return steps.map(({ probabilities }) => probabilities);
    },
  };
}

/** Actions of an n-gram model's roll-out, oldest first, and how likely they are. */
interface Path {
  readonly actions: readonly number[];
  readonly weight: number;
}

/** The frequencies of the training actions, the same for every step ahead. */
export function majorityRollouts(
  actions: number,
  training: readonly ArrayLike<number>[],
): RolloutPredictor {
  const frequencies = new ActionFrequencies(actions);
  for (const sequence of training) learnAll(frequencies, sequence, actions);
  const shares = new Float64Array(actions);
  frequencies.probabilities([], shares);
  return {
    name: 'majority',
    reset() {},
    next() {},
    rollout: (horizon) => Array.from({ length: horizon }, () => shares),
  };
}

/**
 * An n-gram model, rolled forward like the network: see `rollout`. With `adaptive` it learns from every
 * step it is given, but not from those that are drawn.
 */
export function ngramRollouts(
  name: string,
  model: NgramModel,
  { adaptive = false, ...options }: RolloutPredictorOptions & { readonly adaptive?: boolean } = {},
): RolloutPredictor {
  const { samples, seed } = { ...ROLLOUT_PREDICTOR_DEFAULTS, ...options };
  const rng = createRng(seed);
  const { actions } = model;
  const shares = new Float64Array(actions);
  let history: number[] = [];
  return {
    name,
    reset() {
      history = [];
    },
    next({ action }) {
      if (adaptive) model.learn(history, action);
      if (history.length > model.order) history.shift();
      history.push(action);
    },
    rollout(horizon) {
      const rows: Float64Array[] = [];
      let paths: Path[] = [{ actions: history, weight: 1 }];
      for (let k = 0; k < horizon; k++) {
        const weights = new Float64Array(paths.length * actions);
        const row = new Float64Array(actions);
        paths.forEach(({ actions: path, weight }, p) => {
          model.probabilities(path, shares);
          for (let a = 0; a < actions; a++) row[a] += weights[p * actions + a] = weight * shares[a];
        });
        rows.push(row);
        paths = resample(weights, samples, rng).map(({ index, weight }) => ({
          actions: [...paths[Math.floor(index / actions)].actions, index % actions],
          weight,
        }));
      }
      return rows;
    },
  };
}

/** The simple predictors, fitted on the training actions: one array of action indices per episode. */
export function rolloutBaselines(
  actions: number,
  training: readonly ArrayLike<number>[],
  options: RolloutPredictorOptions = {},
): RolloutPredictor[] {
  const bigram = new NgramModel({ order: 2, actions });
  for (const sequence of training) bigram.learnEpisode(sequence);
  return [
    majorityRollouts(actions, training),
    ngramRollouts('ngram-2', bigram, options),
    ngramRollouts('ngram-2-adaptive', bigram.clone(), { ...options, adaptive: true }),
  ];
}
