import { bestBaseline } from '../baselines.ts';
import type { EvaluationReport } from '../evaluation-report.ts';
import type { ContinuousReport } from '../continuous.ts';
import { decimals, percentText } from './number-text.ts';

/** Summarises the rows in a few plain sentences. */
export function summary(report: EvaluationReport): string {
  const { rows, leading, intervals } = report;
  const lead = rows.find(({ name }) => name === leading)!;
  const hits = `Its first guess at the next action is correct ${percentText(lead.top1)} of the time, and the action is among its first three ${percentText(lead.top3)} of the time (${leading}).`;
  const best = bestBaseline(report);
  const interval = intervals.find(({ against }) => against === best?.name);
  if (!best || !interval) return hits;
  const { difference, low, high } = interval;
  const size = decimals(Math.abs(difference), 2);
  const than = `the best simple predictor, ${best.name} (${percentText(best.top1)} correct)`;
  const compared =
    difference > 0
      ? `Its log-loss is ${size} nats lower than that of ${than}.`
      : `Its log-loss is ${size} nats higher than that of ${than}: so far it is of no use.`;
  const ends = `(95 % interval ${decimals(low, 2)} to ${decimals(high, 2)})`;
  const sure = !Number.isFinite(low)
    ? 'A single session does not show how certain that is.'
    : low > 0 || high < 0
      ? `This holds when the sessions are resampled ${ends}.`
      : `On other sessions it may be the reverse ${ends}.`;
  return `${hits} ${compared} ${sure}`;
}

/** Compares the predicted values with those of simple predictors, in a plain sentence. */
export function valueSummary({ targets }: ContinuousReport): string {
  const best = targets.filter(({ rows }) => {
    const model = rows.find(({ name }) => name === 'model');
    return rows.every((row) => row === model || (model && model.rmse < row.rmse));
  });
  const simple = 'those of the simple predictors';
  return targets.length === 1
    ? `Its predictions of ${targets[0].name} are ${best.length ? '' : 'not '}closer to the actual values than ${simple}.`
    : `Its predicted values are closer to the actual ones than ${simple} for ${best.length} of ${targets.length} fields.`;
}

const WHAT: Readonly<Record<string, string>> = {
  majority: 'always the most frequent action',
  'repeat-last': 'repeats the last action',
  'ngram-1': 'what mostly follows the last action',
  'ngram-2': 'what mostly follows the last two actions',
  'ngram-3': 'what mostly follows the last three actions',
  'ngram-4': 'what mostly follows the last four actions',
  'ngram-2-adaptive': 'the last two actions, learning from every step',
  'ngram-mix': "the model's experts without its network",
  model: 'the model as it was saved',
  'model-adaptive': 'the model, learning in play',
  unconditional: 'how often each time to the next action occurred',
  'per-action': 'the same, by the action before',
};

/** A short description of a row; empty for an unknown one. */
export const describeRow = (name: string): string => WHAT[name] ?? '';
