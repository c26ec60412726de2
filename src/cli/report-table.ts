import type { EvaluationReport } from '../evaluate/evaluate.ts';
import { alignTable, percent } from './table.ts';

/** A report as aligned text, one line a row. `names` picks rows; all of them unless given. */
export function reportTable(report: EvaluationReport, names?: readonly string[]): string {
  const rows = report.rows.filter(({ name }) => !names || names.includes(name));
  return alignTable([
    ['predictor', 'top-1', 'top-3', 'log-loss', 'ece'],
    ...rows.map(({ name, top1, top3, logLoss, ece }) => [
      name,
      percent(top1),
      percent(top3),
      logLoss.toFixed(3),
      ece.toFixed(3),
    ]),
  ]);
}
