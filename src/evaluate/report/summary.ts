import { BASELINES } from '../baselines.ts';
import type { EvaluationReport, EvaluationRow } from '../evaluation-report.ts';
import type { ContinuousReport } from '../continuous.ts';
import { decimals, percentText } from './number-text.ts';

/** The simple predictor with the lowest log-loss; null when there is none beside the leading row. */
export function bestBaseline({ rows, leading }: EvaluationReport): EvaluationRow | null {
  const simple = rows.filter(
    ({ name }) => name !== leading && BASELINES.some((known) => known === name),
  );
  return simple.reduce<EvaluationRow | null>(
    (best, row) => (best && best.logLoss <= row.logLoss ? best : row),
    null,
  );
}

/** What the rows say, in a few plain sentences. */
export function summary(report: EvaluationReport): string {
  const { rows, leading, intervals } = report;
  const lead = rows.find(({ name }) => name === leading)!;
  const said = `Its first guess at the next action is right ${percentText(lead.top1)} of the time, and the action is among its first three ${percentText(lead.top3)} of the time (${leading}).`;
  const best = bestBaseline(report);
  const interval = intervals.find(({ against }) => against === best?.name);
  if (!best || !interval) return said;
  const { difference, low, high } = interval;
  const size = decimals(Math.abs(difference), 2);
  const than = `the best simple predictor, ${best.name} (${percentText(best.top1)} right)`;
  const compared =
    difference > 0
      ? `Its log-loss is ${size} nats lower than that of ${than}.`
      : `Its log-loss is ${size} nats higher than that of ${than}: so far it is not worth having.`;
  const ends = `(95 % interval ${decimals(low, 2)} to ${decimals(high, 2)})`;
  const sure = !Number.isFinite(low)
    ? 'One session alone does not say how sure that is.'
    : low > 0 || high < 0
      ? `Where these sessions are drawn again and again, it stays so ${ends}.`
      : `On other sessions it may be the other way round ${ends}.`;
  return `${said} ${compared} ${sure}`;
}

/** How the predicted values do against those of simple predictors, in a plain sentence. */
export function valueSummary({ targets }: ContinuousReport): string {
  const best = targets.filter(({ rows }) => {
    const model = rows.find(({ name }) => name === 'model');
    return rows.every((row) => row === model || (model && model.rmse < row.rmse));
  });
  const simple = 'those of the simple predictors';
  return targets.length === 1
    ? `The values of ${targets[0].name} it foresees are ${best.length ? '' : 'not '}nearer to what comes than ${simple}.`
    : `The values it foresees are nearer to what comes than ${simple} for ${best.length} of ${targets.length} fields.`;
}

const WHAT: Readonly<Record<string, string>> = {
  majority: 'always the most frequent action',
  'repeat-last': 'the last action again',
  'ngram-1': 'what mostly follows the last action',
  'ngram-2': 'what mostly follows the last two actions',
  'ngram-3': 'what mostly follows the last three actions',
  'ngram-4': 'what mostly follows the last four actions',
  'ngram-2-adaptive': 'the last two actions, learning from every step',
  'ngram-mix': "the model's experts without its network",
  model: 'the model as it was saved',
  'model-adaptive': 'the model, learning on in play',
  unconditional: 'how often actions came when',
  'per-action': 'how often actions came when, after each action',
};

/** What a row is, in a few words; empty for one that is not known. */
export const describeRow = (name: string): string => WHAT[name] ?? '';
