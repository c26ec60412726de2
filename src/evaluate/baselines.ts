import type { SimpleModel } from '../experts/simple-model.ts';
import { fitSimpleModels, LONGEST_HISTORY, SIMPLE_MODELS } from '../experts/simple-models.ts';
import type { Step } from '../record/episode.ts';
import { CATEGORY_BASELINES } from './category-ngram.ts';
import type { EvaluationReport, EvaluationRow } from './evaluation-report.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** The baseline that learns from every step. */
const ADAPTIVE = 'ngram-2';

/** Names of the baselines on actions alone, in the order of a report's rows. */
export const BASELINES = [...SIMPLE_MODELS, `${ADAPTIVE}-adaptive`] as const;

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

/**
 * A simple model as a row of a report. With `adaptive` it learns from every step it is given, across
 * episodes, as it does in play (`Safeguard`); otherwise it does not change.
 */
export function simplePredictor(
  name: string,
  model: SimpleModel,
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
      if (history.length === LONGEST_HISTORY) history.shift();
      history.push(step.action);
      model.probabilities(history, out);
      return model.guess?.(history);
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
  const models = fitSimpleModels(actions, training);
  return [
    ...models.map((model, i) => simplePredictor(SIMPLE_MODELS[i], model)),
    simplePredictor(`${ADAPTIVE}-adaptive`, models[SIMPLE_MODELS.indexOf(ADAPTIVE)].clone(), true),
  ];
}
