import { fitSimpleModels, SIMPLE_MODELS } from '../experts/simple-models.ts';
import { CATEGORY_BASELINES } from './category-ngram.ts';
import type { EvaluationReport, EvaluationRow } from './evaluation-report.ts';
import type { SequencePredictor } from './sequence-predictor.ts';
import { simplePredictor } from './simple-predictor.ts';

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
    simplePredictor(`${ADAPTIVE}-adaptive`, models[SIMPLE_MODELS.indexOf(ADAPTIVE)].clone(), {
      learns: true,
    }),
  ];
}
