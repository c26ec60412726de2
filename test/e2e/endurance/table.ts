import { alignTable } from '../../../src/cli/table.ts';
import { BOUNDS } from './growth.ts';
import type { Sample } from './play-for-hours.ts';

/** What the game took at each sample, as text: MB, or numbers of things. */
export function enduranceTable(samples: readonly Sample[]): string {
  const shown = (value: number, inBytes: boolean): string =>
    inBytes ? (value / 1e6).toFixed(2) : String(value);
  return alignTable([
    ['after hours', ...samples.map(({ hours }) => String(Number(hours.toFixed(3))))],
    ...BOUNDS.map(({ row, title, inBytes }) => [
      inBytes ? `${title}, MB` : title,
      ...samples.map((sample) => shown(sample[row], inBytes)),
    ]),
  ]);
}
