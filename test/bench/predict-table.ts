import { alignTable } from '../../src/cli/table.ts';
import { figure, noteLines, ratioLines } from './figures.ts';
import type { PredictReport } from './predict.ts';

/** The report of `bench predict` as text. */
export function predictTable({ machine, size, rows, ratios }: PredictReport): string {
  const table = alignTable([
    ['engine', 'µs/step', 'quartiles', 'logits'],
    ...rows.map((row) => [
      row.engine,
      figure(row.usPerStep),
      row.spread ? row.spread.map(figure).join(' - ') : '-',
      row.agrees === undefined ? '-' : row.agrees ? 'agree' : 'DISAGREE',
    ]),
  ]);
  const title = `One prediction: F${size.features} H${size.units} C${size.classes}`;
  return [machine, '', title, table, ...noteLines(rows), ratioLines(ratios)].join('\n');
}
