import type { RolloutReport, RolloutRow } from '../evaluate/rollouts.ts';
import { alignTable, countOf, percent } from './table.ts';

/** Scores of roll-outs as aligned text: a line for each predictor, a column for each step ahead. */
export function rolloutsText({ predictions, every, horizons }: RolloutReport): string {
  const ks = horizons.map(({ k }) => String(k));
  const names = horizons[0].rows.map(({ name }) => name);
  const lines = (title: string, figure: (row: RolloutRow) => string): string[][] => [
    [title, ...ks],
    ...names.map((name, row) => [name, ...horizons.map(({ rows }) => figure(rows[row]))]),
  ];
  const { values = [] } = horizons[0];
  return [
    alignTable([
      ...lines('top-1, actions ahead', ({ top1 }) => percent(top1)),
      ...lines('log-loss', ({ logLoss }) => logLoss.toFixed(3)),
      ...(values.length ? [['skill of values', ...ks]] : []),
      ...values.map(({ name }, target) => [
        name,
        ...horizons.map((scores) => percent(scores.values?.[target].skill ?? NaN)),
      ]),
    ]),
    `${countOf(predictions, 'action')} (one in ${every}) predicted 1 to ${horizons.length} steps ahead.`,
  ].join('\n');
}
