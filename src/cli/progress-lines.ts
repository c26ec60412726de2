import { isBaseline } from '../evaluate/baselines.ts';
import type { ScoringProgress } from '../evaluate/evaluate.ts';

/**
 * Shows how far several pieces of work are: a line for each, to which every tenth of it adds. Work on this thread
 * never waits, so that a bar could not redraw itself. Of work that is done at once, one line is finished
 * before the next one begins.
 *
 * @returns is given the title of a line, and the share of its work that is done
 */
export function progressLines(
  stream: NodeJS.WritableStream,
): (title: string, done: number) => void {
  /** Tenths reached in work that is not finished here, the shown one first. */
  const lines = new Map<string, number>();
  let shown: string | undefined;
  let tenths = 0;
  const show = (): void => {
    for (const [title, reached] of lines) {
      if (title !== shown) stream.write(`${title}:`);
      shown = title;
      for (; tenths < reached; tenths++) stream.write(` ${tenths + 1}0`);
      if (tenths < 10) return;
      stream.write(' %\n');
      lines.delete(title);
      tenths = 0;
    }
  };
  return (title, done) => {
    lines.set(title, Math.floor(10 * done));
    show();
  };
}

/** `progressLines` as the `onProgress` of one scoring: a line for each row of the model. */
export function scoringLines(stream: NodeJS.WritableStream): (progress: ScoringProgress) => void {
  const show = progressLines(stream);
  return ({ row, step, steps }) => {
    // The baselines take next to no time.
    if (!isBaseline(row)) show(`Scoring ${row}`, step / steps);
  };
}
