import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import { ForesightError } from '../util/error.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { scorePredictors } from './evaluate.ts';
import { modelPredictor } from './model-predictor.ts';

/**
 * Scores models of one spec on the same steps: one row for each, under its name, computed like the row
 * `model` of an evaluation. The last one leads. Throws `bad-data` when there is nothing to score.
 */
export function compareModels(
  models: Readonly<Record<string, Checkpoint>>,
  episodes: readonly Episode[],
): EvaluationReport {
  const named = Object.entries(models);
  if (!named.length)
    throw new ForesightError('bad-data', 'There are no models to compare. Give at least one.');
  return scorePredictors(
    named[0][1].spec,
    episodes,
    named.map(([name, checkpoint]) => modelPredictor(checkpoint, { name })),
  );
}
