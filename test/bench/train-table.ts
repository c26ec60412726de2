import { alignTable } from '../../src/cli/table.ts';
import { figure, noteLines, ratioLines } from './figures.ts';
import { torchLines } from './torch-build.ts';
import type { TrainReport, TrainShapeReport } from './train.ts';

/** The report of `bench train` as text. */
export function trainTable({ machine, adapter, pytorch, shapes }: TrainReport): string {
  const parts = Object.entries(shapes).map(([name, report]) => shapeTable(name, report));
  const head = [
    machine,
    `WebGPU adapter: ${adapter ?? 'none'}`,
    ...(pytorch ? [torchLines(pytorch).join('\n')] : []),
  ];
  return [...head, ...parts].join('\n\n');
}

function shapeTable(name: string, { size, rows, ratios }: TrainShapeReport): string {
  const { batchSize, windowLength, features, units, layers, classes } = size;
  const head = classes ? `C${classes}` : 'one value';
  const depth = layers > 1 ? `${layers} layers of ` : '';
  const title = `${name}: B${batchSize} T${windowLength} F${features} ${depth}H${units} ${head}`;
  const table = alignTable([
    ['engine', 'ms/batch', 'quartiles', 'dispatches', 'losses'],
    ...rows.map((row) => [
      row.build ? `${row.engine} (${row.build})` : row.engine,
      figure(row.msPerBatch),
      row.spread ? row.spread.map(figure).join(' - ') : '-',
      figure(row.dispatchesPerBatch),
      row.agrees === true ? 'agree' : row.agrees === false ? 'DISAGREE' : '-',
    ]),
  ]);
  return [title, table, ...noteLines(rows), ratioLines(ratios)].join('\n');
}
