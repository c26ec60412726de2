import type { AblationRow } from '../evaluate/ablation.ts';
import { bestBaseline } from '../evaluate/baselines.ts';
import type {
  ChoicesReport,
  EvaluationReport,
  EvaluationRow,
  TimingReport,
} from '../evaluate/evaluation-report.ts';
import { alignTable, byteSize, countOf, percent } from './table.ts';

/** A report as aligned text, one line for each row. `names` selects rows; all of them unless given. */
export function reportTable(report: EvaluationReport, names?: readonly string[]): string {
  return scoresTable(
    'predictor',
    report.rows.filter(({ name }) => !names || names.includes(name)),
  );
}

/** The scores on the player's own choices. */
export function choicesTable({ predictions, rows }: ChoicesReport): string {
  return [scoresTable('choices only', rows), `${countOf(predictions, 'choice')} predicted.`].join(
    '\n',
  );
}

/** The scores of an ablation, one line for each part left out. */
export function ablationTable(rows: readonly AblationRow[]): string {
  return alignTable([
    ['ablation', 'top-1', 'log-loss', 'ece', 'difference', '95 % of resampled sessions'],
    ...rows.map(({ name, top1, logLoss, ece, difference, low, high }, i) => [
      name,
      percent(top1),
      logLoss.toFixed(3),
      ece.toFixed(3),
      ...(i
        ? [signed(difference), Number.isFinite(low) ? `${signed(low)} to ${signed(high)}` : '-']
        : ['', '']),
    ]),
  ]);
}

/** "54 steps", or "12 action changes": what every row was scored on. */
export const scoredCount = ({
  predictions,
  scored,
}: Pick<EvaluationReport, 'predictions' | 'scored'>): string =>
  countOf(predictions, scored === 'changes' ? 'action change' : 'step');

/** Which sessions were not scored; nothing when all were. */
export const leftOutLines = (sessions: readonly string[]): string[] =>
  sessions.length
    ? [
        `${countOf(sessions.length, 'session')} left out because the model was trained on ${sessions.length === 1 ? 'it' : 'them'} (--all scores all).`,
      ]
    : [];

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;

/** Compares the leading row with the best baseline. */
export function intervalLine(report: EvaluationReport): string {
  const { leading, intervals } = report;
  const best = bestBaseline(report)!;
  const { difference, low, high } = intervals.find(({ against }) => against === best.name)!;
  const sure = Number.isFinite(low)
    ? `95 % of resampled sessions: ${low.toFixed(3)} to ${high.toFixed(3)}`
    : 'a single session shows nothing about others';
  return `Log-loss of ${best.name} minus ${leading}: ${difference.toFixed(3)} (${sure}).`;
}

/** How well the time to the next action was predicted. */
export function timingTable({ rows }: TimingReport): string {
  return alignTable([
    ['time to next action', 'log-loss', 'median error'],
    ...rows.map(({ name, logLoss, medianErrorTicks }) => [
      name,
      logLoss.toFixed(3),
      `${medianErrorTicks.toFixed(1)} ticks`,
    ]),
  ]);
}

/** Rows that the table of minutes compares with the leading one, if the report has them. */
const COMPARED = ['model', 'ngram-mix', 'ngram-2-adaptive', 'ngram-2'];

/** Log-loss by minute of play: the leading row, then the others. */
export function minutesTable({ leading, byMinute }: EvaluationReport): string {
  const others = COMPARED.filter((name) => byMinute[0] && name in byMinute[0].rows);
  return alignTable([
    ['log-loss in minute', 'predictions', leading, ...others],
    ...byMinute.map(({ minute, predictions, logLoss, rows }) => [
      String(minute + 1),
      predictions.toLocaleString('en'),
      logLoss.toFixed(3),
      ...others.map((name) => rows[name].logLoss.toFixed(3)),
    ]),
  ]);
}

/** Scores of models with the sizes of their files, where known. */
export function comparisonTable(
  { rows }: Pick<EvaluationReport, 'rows'>,
  bytes: Readonly<Record<string, number | undefined>>,
): string {
  return alignTable([
    ['model', 'top-1', 'log-loss', 'ece', 'file'],
    ...rows.map(({ name, top1, logLoss, ece }) => {
      const size = bytes[name];
      const file = size === undefined ? '-' : byteSize(size);
      return [name, percent(top1), logLoss.toFixed(4), ece.toFixed(3), file];
    }),
  ]);
}

function scoresTable(title: string, rows: readonly EvaluationRow[]): string {
  return alignTable([
    [title, 'top-1', 'top-3', 'log-loss', 'ece'],
    ...rows.map(({ name, top1, top3, logLoss, ece }) => [
      name,
      percent(top1),
      percent(top3),
      Number.isFinite(logLoss) ? logLoss.toFixed(3) : '-',
      Number.isFinite(ece) ? ece.toFixed(3) : '-',
    ]),
  ]);
}
