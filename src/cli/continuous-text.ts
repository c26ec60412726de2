import type { ContinuousReport, ContinuousRow } from '../evaluate/continuous.ts';
import { alignTable, countOf } from './table.ts';

/** What is shown of each row, and whether less of it is better. */
const SCORES = [
  { key: 'rmse', name: 'rmse', isError: true },
  { key: 'crps', name: 'crps', isError: true },
  { key: 'logLikelihood', name: 'log-lik', isError: false },
] as const;

type Score = (typeof SCORES)[number];

/** Scores of continuous targets as aligned text, a line for each. */
export function continuousText({ targets }: ContinuousReport): string {
  const names = targets[0]?.rows.map(({ name }) => name) ?? [];
  return [
    alignTable([
      ['next value', ...SCORES.flatMap((score) => names.map((name) => `${name} ${score.name}`))],
      ...targets.map(({ name, rows }) => [
        name,
        ...SCORES.flatMap(({ key }) => rows.map((row) => figure(row[key]))),
      ]),
    ]),
    "rmse and crps in the field's unit, lower is better; log-lik: mean log-likelihood of the rounded value in nats, higher is better.",
    ...(targets.length > 1 ? [bestLine({ targets })] : []),
  ].join('\n');
}

/** In how many fields no other row is better than the model. */
export function bestLine({ targets }: ContinuousReport): string {
  const counts = SCORES.map((score) => {
    const best = targets.filter(({ rows }) => isModelBest(rows, score)).length;
    return `${best} by ${score.name}`;
  });
  return `The model is at least as good as all others in ${counts.join(', ')} of ${countOf(targets.length, 'field')}.`;
}

function isModelBest(rows: readonly ContinuousRow[], { key, isError }: Score): boolean {
  const own = rows.find(({ name }) => name === 'model')?.[key] ?? NaN;
  return rows.every(
    ({ [key]: other }) => Number.isNaN(other) || (isError ? own <= other : own >= other),
  );
}

const figure = (value: number): string => (Number.isFinite(value) ? value.toPrecision(4) : '-');
