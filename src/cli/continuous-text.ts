import type { ContinuousReport } from '../evaluate/continuous.ts';
import { alignTable, percent } from './table.ts';

/** Scores of continuous targets as aligned text, a line for each. */
export function continuousText({ targets }: ContinuousReport): string {
  const names = targets[0]?.rows.map(({ name }) => name) ?? [];
  const figures = (value: (name: string, target: number) => number | undefined) =>
    targets.map((_, t) => names.map((name) => figure(value(name, t))));
  const rowOf = (name: string, t: number) => targets[t].rows.find((row) => row.name === name);
  const rmse = figures((name, t) => rowOf(name, t)?.rmse);
  // The skill of persistence relative to itself means nothing.
  const skilled = names.slice(1);
  const skill = targets.map((_, t) => skilled.map((name) => percent(rowOf(name, t)?.skill ?? NaN)));
  const logs = figures((name, t) => rowOf(name, t)?.logLikelihood);
  return [
    alignTable([
      [
        'next value',
        ...names.map((name) => `${name} rmse`),
        ...names.map((name) => `${name} log-lik`),
        ...skilled.map((name) => `${name} skill`),
      ],
      ...targets.map(({ name }, t) => [name, ...rmse[t], ...logs[t], ...skill[t]]),
    ]),
    `rmse in the field's unit, lower is better; log-lik: mean log-likelihood in nats, higher is better; skill: 1 - rmse / persistence rmse.`,
  ].join('\n');
}

const figure = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '-' : value.toPrecision(4);
