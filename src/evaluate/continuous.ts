import { resolution as resolutionOf } from '../dataset/resolution.ts';
import { valueFields } from '../dataset/value-fields.ts';
import type { ValueField } from '../dataset/value-fields.ts';
import type { Checkpoint, ValueMetrics } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import { withFixedSpread } from './fixed-spread.ts';
import { linearAutoregression, persistence } from './value-baselines.ts';
import { measureErrors, modelValues } from './value-predictor.ts';
import type { ScoredTarget } from './value-predictor.ts';

/** One predictor's scores on one continuous target. */
export interface ContinuousRow {
  readonly name: 'persistence' | 'linear' | 'model';
  /** Root of the mean squared error, in the field's unit. */
  readonly rmse: number;
  /** Improvement of the rmse over persistence, see `skillOf`; 0 for persistence itself. */
  readonly skill: number;
  /** Mean continuous ranked probability score, in the field's unit, lower is better; NaN without a distribution. */
  readonly crps: number;
  /**
   * Mean log-likelihood, nats, of the values rounded to `resolution`: at most 0, higher is better. NaN without a
   * distribution.
   */
  readonly logLikelihood: number;
}

export interface ContinuousTarget {
  readonly name: string;
  readonly predictions: number;
  /** Smallest difference between two values, in the field's unit. */
  readonly resolution: number;
  readonly rows: readonly ContinuousRow[];
}

/** Predicted next values compared with simple predictors, all on the same steps. */
export interface ContinuousReport {
  readonly targets: readonly ContinuousTarget[];
}

export interface ContinuousOptions {
  /**
   * Episodes to fit the baselines and their distributions on. When empty there is no row `linear`, and
   * `persistence` has no distribution.
   */
  readonly training: readonly Episode[];
}

/** Smallest deviation, as a share of the field's scale: exact repeats would make it 0. */
const LEAST = 1e-6;

/**
 * Scores a checkpoint's continuous targets on `episodes`: rows persistence (repeats the last value),
 * linear (an autoregression), both with a distribution of their errors on `training` (see `withFixedSpread`), and
 * model, which learns on within an episode. Null for a checkpoint without such targets. Throws `bad-data`
 * for episodes that do not fit its spec.
 */
export function continuousReport(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  { training }: ContinuousOptions,
): ContinuousReport | null {
  const { spec, model } = checkpoint;
  if (!model.continuous.length) return null;
  checkEpisodes(spec, [...episodes, ...training]);
  const targets = scoredTargets(checkpoint, [...training, ...episodes]);
  const baselines = training.length
    ? [persistence(targets), linearAutoregression(targets, training)]
    : [persistence(targets)];
  const rows = [
    ...baselines.map((predictor) => withFixedSpread(predictor, training, targets)),
    modelValues(checkpoint),
  ].map((predictor) => ({
    name: predictor.name as ContinuousRow['name'],
    errors: measureErrors(predictor, episodes, targets),
  }));
  return {
    targets: targets.map(({ field: { name }, resolution }, c) => ({
      name,
      predictions: rows[0].errors[c].predictions,
      resolution,
      rows: rows.map((row) => {
        const { rmse, crps, logLikelihood } = row.errors[c];
        const skill = skillOf(rmse, rows[0].errors[c].rmse);
        return { name: row.name, rmse, skill, crps, logLikelihood };
      }),
    })),
  };
}

/**
 * Errors of a checkpoint's continuous targets on `episodes`, for its metrics. Undefined without
 * targets, or when nothing could be measured.
 */
export function measureValues(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  from: ValueMetrics['from'],
): ValueMetrics | undefined {
  const targets = scoredTargets(checkpoint, episodes);
  const { name, reset, next } = modelValues(checkpoint);
  // Without its distribution, which takes longer to score than to predict.
  const errors = measureErrors({ name, reset, next }, episodes, targets);
  const measured = targets.flatMap(({ field, scale }, c) => {
    const deviation = Math.max(errors[c].rmse, LEAST * scale);
    return Number.isFinite(deviation) ? [[field.name, deviation] as const] : [];
  });
  return measured.length ? { from, deviations: Object.fromEntries(measured) } : undefined;
}

/** Whether any step's action differs from the one before it, so that there is an action to predict. */
export const hasActionChanges = (episodes: readonly Episode[]): boolean =>
  episodes.some(({ actions, length }) =>
    actions.subarray(0, length).some((action) => action !== actions[0]),
  );

/**
 * Skill of an error relative to that of persistence: 1 - rmse / persistence. 1 = no error, 0 = no
 * better than repeating the last value, below 0 = worse. NaN where persistence has no error.
 */
export const skillOf = (rmse: number, baseline: number): number =>
  baseline > 0 ? 1 - rmse / baseline : NaN;

/** The targets of a checkpoint, rounded as it knows or, for older ones, as `episodes` are. */
const scoredTargets = (
  { model, statistics, values }: Checkpoint,
  episodes: readonly Episode[],
): (ValueField & ScoredTarget)[] =>
  valueFields(statistics, model.continuous).map((target, c) => ({
    ...target,
    resolution: values?.resolutions[c] ?? resolutionOf(episodes, target.column),
  }));
