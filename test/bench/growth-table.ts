import { alignTable } from '../../src/cli/table.ts';
import { figure, noteLines } from './figures.ts';
import type { GrowthReport, GrowthRow } from './growth.ts';

/** The report of `bench growth` as text. */
export function growthTable({ machine, adapter, base, rows }: GrowthReport): string {
  const { batchSize, windowLength, features, units, classes } = base;
  const axes = [...new Set(rows.map(({ axis }) => axis))];
  return [
    machine,
    `WebGPU adapter: ${adapter ?? 'none'}`,
    `What does not grow is B${batchSize} T${windowLength} F${features} H${units} C${classes}. ` +
      'Linearity: cost of a unit at the largest size divided by that at the smallest.',
    ...axes.map((axis) =>
      axisTable(
        axis,
        rows.filter((row) => row.axis === axis),
      ),
    ),
  ].join('\n\n');
}

function axisTable(axis: string, rows: readonly GrowthRow[]): string {
  const sizes = [...new Set(rows.flatMap(({ points }) => points.map(({ size }) => size)))];
  const crowd = axis === 'characters';
  const table = alignTable([
    ['engine', ...sizes.map((size) => `${axis} ${size}`), 'linearity', 'exponent', 'results'],
    ...rows.map(({ engine, points, linearity, exponent, agrees }) => [
      engine,
      ...sizes.map((size) => {
        const point = points.find((one) => one.size === size);
        return figure(crowd ? point?.usPerUnit : point?.ms);
      }),
      figure(linearity),
      figure(exponent),
      points.length ? (agrees ? 'agree' : 'DISAGREE') : '-',
    ]),
  ]);
  const title = crowd ? 'µs of a prediction, per character' : `ms of a batch as ${axis} grows`;
  return [title, table, ...noteLines(rows)].join('\n');
}
