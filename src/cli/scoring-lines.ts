import { isBaseline } from '../evaluate/baselines.ts';
import type { ScoringProgress } from '../evaluate/evaluate.ts';

/**
 * Shows how far scoring is: a line for each row of the model, to which every tenth of its steps adds. Scoring
 * never waits, so that a bar could not redraw itself.
 *
 * @returns the `onProgress` of one scoring
 */
export function scoringLines(stream: NodeJS.WritableStream): (progress: ScoringProgress) => void {
  let shown = '';
  let tenths = 0;
  return ({ row, step, steps }) => {
    // The baselines take next to no time.
    if (isBaseline(row)) return;
    if (row !== shown) {
      stream.write(`Scoring ${row}:`);
      [shown, tenths] = [row, 0];
    }
    const reached = Math.floor((10 * step) / steps);
    for (; tenths < reached; tenths++) stream.write(` ${tenths + 1}0`);
    if (step === steps) stream.write(' %\n');
  };
}
