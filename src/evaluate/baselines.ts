import { NgramModel } from '../experts/ngram.ts';
import type { Step } from '../record/episode.ts';
import { CATEGORY_BASELINES } from './category-ngram.ts';
import type { EvaluationReport, EvaluationRow } from './evaluation-report.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** Names of the baselines on actions alone, in the order of a report's rows. */
export const BASELINES = [
  'majority',
  'repeat-last',
  'ngram-1',
  'ngram-2',
  'ngram-3',
  'ngram-4',
  'ngram-2-adaptive',
] as const;

/** Whether a row is a baseline, on actions alone or not. */
export const isBaseline = (name: string): boolean =>
  [...BASELINES, ...CATEGORY_BASELINES].some((known) => known === name);

/** The simple predictor with the lowest log-loss; null when there is none but the leading row. */
export function bestBaseline({
  rows,
  leading,
}: Pick<EvaluationReport, 'rows' | 'leading'>): EvaluationRow | null {
  const simple = rows.filter(({ name }) => name !== leading && isBaseline(name));
  return simple.reduce<EvaluationRow | null>(
    (best, row) => (best && best.logLoss <= row.logLoss ? best : row),
    null,
  );
}

/** Half an observation added to every count (Krichevsky and Trofimov), so that nothing is impossible. */
const PRIOR = 0.5;

/**
 * Always the frequencies of the training actions, whatever the steps before; its guess is the most
 * frequent action.
 */
export function majority(
  actions: number,
  training: readonly ArrayLike<number>[],
): SequencePredictor {
  const shares = frequencies(actions, training);
  return { name: 'majority', reset() {}, next: (_step, out) => out.set(shares) };
}

/**
 * Guesses that the last action is repeated, with the share of repeats in training as its probability;
 * the rest is spread over the other actions by their frequency.
 */
export function repeatLast(
  actions: number,
  training: readonly ArrayLike<number>[],
): SequencePredictor {
  const shares = frequencies(actions, training);
  let repeats = PRIOR;
  let pairs = 2 * PRIOR;
  for (const sequence of training)
    for (let i = 1; i < sequence.length; i++) {
      pairs++;
      if (sequence[i] === sequence[i - 1]) repeats++;
    }
  const again = repeats / pairs;
  return {
    name: 'repeat-last',
    reset() {},
    next(step, out) {
      const last = step.action;
      const rest = (1 - again) / (1 - shares[last]);
      for (let a = 0; a < actions; a++) out[a] = a === last ? again : shares[a] * rest;
      return last;
    },
  };
}

/**
 * An n-gram model as a row of a report. With `adaptive` it learns from every step it is given, across
 * episodes; otherwise it does not change.
 */
export function ngramPredictor(
  name: string,
  model: NgramModel,
  adaptive = false,
): SequencePredictor {
  let history: number[] = [];
  return {
    name,
    reset() {
      history = [];
    },
    next(step: Step, out: Float64Array) {
      if (adaptive) model.learn(history, step.action);
      if (history.length > model.order) history.shift();
      history.push(step.action);
      model.probabilities(history, out);
    },
  };
}

/**
 * All baselines on actions alone, fitted on the training actions: one array of action indices per episode, each
 * below `actions`.
 */
export function createBaselines(
  actions: number,
  training: readonly ArrayLike<number>[],
): SequencePredictor[] {
  const ngram = (order: number): NgramModel => {
    const model = new NgramModel({ order, actions });
    for (const sequence of training) model.learnEpisode(sequence);
    return model;
  };
  const orders = [1, 2, 3, 4].map(ngram);
  return [
    majority(actions, training),
    repeatLast(actions, training),
    ...orders.map((model) => ngramPredictor(`ngram-${model.order}`, model)),
    ngramPredictor('ngram-2-adaptive', orders[1].clone(), true),
  ];
}

function frequencies(actions: number, training: readonly ArrayLike<number>[]): Float64Array {
  const shares = new Float64Array(actions).fill(PRIOR);
  let total = actions * PRIOR;
  for (const sequence of training)
    for (let i = 0; i < sequence.length; i++) {
      shares[sequence[i]]++;
      total++;
    }
  return shares.map((count) => count / total);
}
