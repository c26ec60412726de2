import { isBaseline } from '../evaluate/baselines.ts';
import type { ScoringProgress } from '../evaluate/evaluate.ts';

/**
 * Shows how far scoring is: a line for each row of the model, to which every tenth of its steps adds. Scoring on
 * one thread never waits, so that a bar could not redraw itself. Of rows that are scored at once, one line is
 * finished before the next one begins.
 *
 * @returns the `onProgress` of one scoring
 */
export function scoringLines(stream: NodeJS.WritableStream): (progress: ScoringProgress) => void {
  /** Rows that are not finished here, the shown one first: tenths that were reached. */
  const rows = new Map<string, number>();
  let shown: string | undefined;
  let tenths = 0;
  const show = (): void => {
    for (const [row, reached] of rows) {
      if (row !== shown) stream.write(`Scoring ${row}:`);
      shown = row;
      for (; tenths < reached; tenths++) stream.write(` ${tenths + 1}0`);
      if (tenths < 10) return;
      stream.write(' %\n');
      rows.delete(row);
      tenths = 0;
    }
  };
  return ({ row, step, steps }) => {
    // The baselines take next to no time.
    if (isBaseline(row)) return;
    rows.set(row, Math.floor((10 * step) / steps));
    show();
  };
}
