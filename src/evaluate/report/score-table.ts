import type { ContinuousReport } from '../continuous.ts';
import type { EvaluationReport, EvaluationRow, TimingReport } from '../evaluation-report.ts';
import type { CloseUp } from '../close-up.ts';
import { dataTable } from './data-table.ts';
import { element } from './element.ts';
import type { Child, Markup } from './element.ts';
import { decimals, percentText, wholeText } from './number-text.ts';
import { describeRow } from './summary.ts';

const named = (name: string): Child => {
  const what = describeRow(name);
  return [name, what && element('small', {}, what)];
};

const shares = ({ top1, top3, logLoss, ece }: EvaluationRow): Child[] => [
  percentText(top1),
  percentText(top3),
  decimals(logLoss, 3),
  decimals(ece, 3),
];

/** The scores of every row, and its log-loss above that of the leading row. */
export function scoreTable({ rows, leading, intervals }: EvaluationReport): Markup {
  return dataTable({
    head: ['predictor', 'top-1', 'top-3', 'log-loss', 'ece', `log-loss above ${leading}`],
    rows: rows.map((row) => [named(row.name), ...shares(row), gap(row.name)]),
    strong: rows.findIndex(({ name }) => name === leading),
  });

  function gap(name: string): string {
    const interval = intervals.find(({ against }) => against === name);
    if (!interval) return '';
    const { difference, low, high } = interval;
    const ends = Number.isFinite(low) ? ` (${decimals(low, 2)} to ${decimals(high, 2)})` : '';
    return `${difference > 0 ? '+' : ''}${decimals(difference, 2)}${ends}`;
  }
}

/** The rows on the player's own choices. */
export const choicesScoreTable = (rows: readonly EvaluationRow[], leading: string): Markup =>
  dataTable({
    head: ['predictor', 'top-1', 'top-3', 'log-loss', 'ece'],
    rows: rows.map((row) => [named(row.name), ...shares(row)]),
    strong: rows.findIndex(({ name }) => name === leading),
  });

/** How well the time to the next action was predicted, in ticks and seconds. */
export const timingScoreTable = (
  { rows }: TimingReport,
  { leading, tickRate }: { readonly leading: string; readonly tickRate: number },
): Markup =>
  dataTable({
    head: ['predictor', 'log-loss', 'median error, ticks', 'median error, seconds'],
    rows: rows.map(({ name, logLoss, medianErrorTicks }) => [
      named(name),
      decimals(logLoss, 3),
      decimals(medianErrorTicks, 1),
      decimals(medianErrorTicks / tickRate, 2),
    ]),
    strong: rows.findIndex(({ name }) => name === leading),
  });

/** Every continuous target, with the errors of all predictors and the scores of their distributions. */
export function valueScoreTable({ targets }: ContinuousReport): Markup {
  const names = targets[0]?.rows.map(({ name }) => name) ?? [];
  return dataTable({
    head: [
      'value',
      'predictions',
      ...names.map((name) => `${name}, rmse`),
      ...names.map((name) => `${name}, crps`),
      ...names.map((name) => `${name}, log-lik`),
    ],
    rows: targets.map(({ name, predictions, rows }) => [
      name,
      wholeText(predictions),
      ...rows.map(({ rmse }) => figure(rmse)),
      ...rows.map(({ crps }) => figure(crps)),
      ...rows.map(({ logLikelihood }) => figure(logLikelihood)),
    ]),
  });
}

/** Four significant digits; an en dash where it was not measured. */
const figure = (value: number): string =>
  Number.isFinite(value) ? value.toPrecision(4).replace('-', '−') : '–';

/** Scores of every action that occurred. */
export const actionTable = ({ actions }: CloseUp): Markup =>
  dataTable({
    head: ['action', 'count', 'recall', 'mean probability'],
    rows: actions.map(({ name, count, recall, meanProbability }) => [
      name,
      wholeText(count),
      bar(recall),
      bar(meanProbability),
    ]),
  });

const bar = (share: number): Child => [
  element('span', { class: 'bar', style: `--share: ${Math.round(100 * share) || 0}%` }),
  element('span', {}, percentText(share)),
];
