import { ActionFrequencies } from './action-frequencies.ts';
import { createCategoryNgram, pairOf } from './category-ngram.ts';
import type { CategoryContext, SymbolOf } from './category-ngram.ts';
import { NgramModel } from './ngram.ts';
import { RepeatLast } from './repeat-last.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { argmax } from '../util/math.ts';
import type { Slices } from '../util/slices.ts';
import type { SimpleModel } from './simple-model.ts';

/** Names of the simple models on actions alone, in the order of a report's rows. */
export const SIMPLE_MODELS = [
  'majority',
  'repeat-last',
  'ngram-1',
  'ngram-2',
  'ngram-3',
  'ngram-4',
] as const;

/** Actions that the simple models look back on. */
export const LONGEST_HISTORY = 4;

/**
 * The simple models on actions alone, in the order of their names, fitted on action indices below `actions`: one
 * array for each episode.
 */
export function fitSimpleModels(
  actions: number,
  training: readonly ArrayLike<number>[],
): SimpleModel[] {
  const models = createModels(actions);
  for (const model of models) for (const sequence of training) learnAll(model, sequence, actions);
  return models;
}

const createModels = (actions: number): SimpleModel[] => [
  new ActionFrequencies(actions),
  new RepeatLast(actions),
  ...[1, 2, 3, LONGEST_HISTORY].map((order) => new NgramModel({ order, actions })),
];

/** The simple models of a checkpoint: what its training data gives without a network. */
export interface SimplePopulation {
  /** In the order of their names. Last an n-gram model that also sees a category, where the checkpoint has its data. */
  readonly models: readonly SimpleModel[];
  /** Makes the symbols of their histories. */
  readonly symbolOf: SymbolOf;
  /** The one that predicted the end of the training data best, each step before it was learned. It learns no more. */
  readonly frozen: SimpleModel;
  /**
   * How probably each predicts a player best: `models`, then `frozen`; sums to 1. By how
   * well they predicted the end of the training data, but for `EVEN`. `frozen` shares with the same model that
   * learns.
   */
  readonly prior: readonly number[];
}

/** Share of the prior that does not depend on the training data. */
const EVEN = 0.1;
/** Most actions that are fitted on: that takes about 0.1 s. */
const MOST_ACTIONS = 32_768;
/** The newest of them are predicted as well, for the prior: about 0.02 s. */
const MOST_PREDICTED = 2048;
/** Actions that a model is fitted on in a slice. */
const ACTIONS_AT_ONCE = 256;

/** The parts of a checkpoint that simple models need. */
interface Trained {
  readonly spec: CharacterSpec;
  readonly trainedOn: {
    readonly actions: readonly ArrayLike<number>[];
    readonly category?: {
      readonly context: CategoryContext;
      readonly pairs: readonly ArrayLike<number>[];
    };
  };
}

const fitted = new WeakMap<readonly ArrayLike<number>[], SimplePopulation>();

/** Fitted on the newest of the training data, once for each array of action sequences. It is shared: only copy it. */
export function* simplePopulation({ spec, trainedOn }: Trained): Slices<SimplePopulation> {
  const { actions: training, category: seen } = trainedOn;
  const known = fitted.get(training);
  if (known) return known;
  const actions = spec.action.actions.length;
  const changes = spec.sampling.kind === 'everyTicks';
  const models = createModels(actions);
  const scores: Score[] = [];
  for (const model of models) scores.push(yield* fit(model, training, { actions, changes }));
  if (seen) {
    const model = createCategoryNgram(spec, seen.context);
    models.push(model);
    scores.push(yield* fit(model, seen.pairs, { actions, changes }));
  }
  const prior = priorOf(scores);
  const best = argmax(prior);
  prior.push((prior[best] /= 2));
  const population: SimplePopulation = {
    models,
    symbolOf: seen ? pairOf(spec, seen.context.field) : (step) => step.action,
    // Copies learn, so that this one stays as it is.
    frozen: models[best],
    prior,
  };
  fitted.set(training, population);
  return population;
}

/** An independent copy, to learn from a player. */
export const copyPopulation = (population: SimplePopulation): SimplePopulation => ({
  ...population,
  models: population.models.map((model) => model.clone()),
});

interface Score {
  /** Sum of log-losses, nats. */
  loss: number;
  count: number;
}

/** Bayes' rule, as if all had predicted as many steps. */
function priorOf(scores: readonly Score[]): number[] {
  const count = Math.min(...scores.map((score) => score.count));
  const losses = scores.map((score) => (count ? (score.loss / score.count) * count : 0));
  const least = Math.min(...losses);
  const likely = losses.map((loss) => Math.exp(least - loss));
  const sum = likely.reduce((a, b) => a + b);
  return likely.map((one) => ((1 - EVEN) * one) / sum + EVEN / scores.length);
}

/**
 * Fits a model on the newest of the sequences, whose symbols modulo `actions` are actions, and scores its
 * predictions of the last steps. With `changes` those are of the next action, given that it is another one.
 */
function* fit(
  model: SimpleModel,
  training: readonly ArrayLike<number>[],
  { actions, changes }: { readonly actions: number; readonly changes: boolean },
): Slices<Score> {
  const score: Score = { loss: 0, count: 0 };
  const out = new Float64Array(actions);
  let left = training.reduce((sum, { length }) => sum + length, 0);
  for (const sequence of training)
    for (let i = 0; i < sequence.length; i++, left--) {
      if (left > MOST_ACTIONS) continue;
      const next = sequence[i] % actions;
      const last = i ? sequence[i - 1] % actions : -1;
      if (i && left <= MOST_PREDICTED && !(changes && next === last)) {
        model.probabilities(sequence, out, i);
        const rest = changes ? Math.max(1 - out[last], Number.MIN_VALUE) : 1;
        score.loss -= Math.log(Math.max(out[next] / rest, Number.MIN_VALUE));
        score.count++;
      }
      model.learn(sequence, next, i);
      if (left % ACTIONS_AT_ONCE === 0) yield;
    }
  return score;
}

/** Learns every step of an episode, from its symbols. */
export function learnAll(model: SimpleModel, symbols: ArrayLike<number>, actions: number): void {
  for (let i = 0; i < symbols.length; i++) model.learn(symbols, symbols[i] % actions, i);
}
