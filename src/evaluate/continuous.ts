import type { Checkpoint, ValueMetrics } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import { linearAutoregression, persistence } from './value-baselines.ts';
import type { ValueColumn } from './value-baselines.ts';
import { measureResiduals, modelValues } from './value-predictor.ts';

/** One predictor's scores on one continuous target. */
export interface ContinuousRow {
  readonly name: 'persistence' | 'linear' | 'model';
  /** Root of the mean squared error, in the field's unit. */
  readonly rmse: number;
  /** Improvement of the rmse over persistence, see `skillOf`; 0 for persistence itself. */
  readonly skill: number;
  /**
   * Mean log-likelihood of the values, nats, higher is better: under a normal distribution around each
   * prediction, with a deviation measured on other data. NaN where no deviation was measured.
   */
  readonly logLikelihood: number;
}

export interface ContinuousTarget {
  readonly name: string;
  readonly predictions: number;
  readonly rows: readonly ContinuousRow[];
}

/** Predicted next values compared with simple predictors, all on the same steps. */
export interface ContinuousReport {
  readonly targets: readonly ContinuousTarget[];
}

export interface ContinuousOptions {
  /**
   * Episodes to fit the baselines and their deviations on. When empty there is no row `linear`, and
   * `persistence` has no log-likelihood.
   */
  readonly training: readonly Episode[];
}

/** Smallest deviation, as a share of the field's scale: exact repeats would make it 0. */
const LEAST = 1e-6;

/**
 * Scores a checkpoint's continuous targets on `episodes`: rows persistence (repeats the last value),
 * linear (an autoregression) and model. Null for a checkpoint without such targets. Throws `bad-data`
 * for episodes that do not fit its spec.
 */
export function continuousReport(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  { training }: ContinuousOptions,
): ContinuousReport | null {
  const { spec, model, metrics } = checkpoint;
  if (!model.continuous.length) return null;
  checkEpisodes(spec, [...episodes, ...training]);
  const targets = valueColumns(checkpoint);
  const columns = targets.map(({ column }) => column);
  const baselines = [
    persistence(targets),
    ...(training.length ? [linearAutoregression(targets, training)] : []),
  ];
  const rows = [...baselines, modelValues(checkpoint)].map((predictor) => {
    const known =
      predictor.name === 'model'
        ? model.continuous.map((name) => metrics.values?.deviations[name] ?? NaN)
        : measureResiduals(predictor, training, columns).map(({ rmse }) => rmse);
    const deviations = known.map((deviation, c) => Math.max(deviation, LEAST * targets[c].scale));
    return {
      name: predictor.name as ContinuousRow['name'],
      deviations,
      residuals: measureResiduals(predictor, episodes, columns),
    };
  });
  return {
    targets: model.continuous.map((name, c) => ({
      name,
      predictions: rows[0].residuals[c].predictions,
      rows: rows.map((row) => ({
        name: row.name,
        rmse: row.residuals[c].rmse,
        skill: skillOf(row.residuals[c].rmse, rows[0].residuals[c].rmse),
        logLikelihood: meanLogLikelihood(row.residuals[c].rmse, row.deviations[c]),
      })),
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
  const targets = valueColumns(checkpoint);
  const columns = targets.map(({ column }) => column);
  const residuals = measureResiduals(modelValues(checkpoint), episodes, columns);
  const measured = checkpoint.model.continuous.flatMap((name, c) => {
    const deviation = Math.max(residuals[c].rmse, LEAST * targets[c].scale);
    return Number.isFinite(deviation) ? [[name, deviation] as const] : [];
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

/** Mean of log N(error; 0, deviation) over errors whose root mean square is `rmse`. */
export function meanLogLikelihood(rmse: number, deviation: number): number {
  return -0.5 * (Math.log(2 * Math.PI) + 2 * Math.log(deviation) + (rmse / deviation) ** 2);
}

function valueColumns({ model, statistics }: Checkpoint): ValueColumn[] {
  return model.continuous.map((name) => {
    const column = statistics.fields.findIndex((field) => field.name === name);
    const field = statistics.fields[column];
    if (field?.kind !== 'number') throw new RangeError(`no number field "${name}"`);
    return { column, mean: field.mean, scale: field.scale };
  });
}
