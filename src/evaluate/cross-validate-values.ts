import { continuousReport, skillOf } from './continuous.ts';
import type { ContinuousReport, ContinuousRow } from './continuous.ts';
import type { Fold } from './cross-validate.ts';

/**
 * Scores the continuous targets of all folds as one, each value predicted by the model that never saw its session:
 * the rows of `continuousReport`. Null without such targets. Throws what that throws.
 */
export function crossValidatedValues(folds: readonly Fold[]): ContinuousReport | null {
  const reports = folds.flatMap(({ checkpoint, episodes, replay }) => {
    const report = continuousReport(checkpoint, episodes, { training: replay.episodes });
    return report ? [report] : [];
  });
  const [first] = reports;
  if (!first) return null;
  return {
    targets: first.targets.map(({ name, rows }, t) => {
      const parts = reports.map(({ targets }) => targets[t]);
      const predictions = parts.reduce((sum, part) => sum + part.predictions, 0);
      const mean = (score: (row: ContinuousRow) => number, row: number): number =>
        parts.reduce(
          // A fold may have no value of this target.
          (sum, part) => sum + (part.predictions && part.predictions * score(part.rows[row])),
          0,
        ) / predictions;
      const rmse = rows.map((_, row) => Math.sqrt(mean((own) => own.rmse ** 2, row)));
      return {
        name,
        predictions,
        resolution: Math.min(...parts.map(({ resolution }) => resolution)),
        rows: rows.map((row, i) => ({
          name: row.name,
          rmse: rmse[i],
          skill: skillOf(rmse[i], rmse[0]),
          crps: mean(({ crps }) => crps, i),
          logLikelihood: mean(({ logLikelihood }) => logLikelihood, i),
        })),
      };
    }),
  };
}
