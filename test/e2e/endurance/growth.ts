import type { Sample } from './play-for-hours.ts';

/** What is sampled, but for the time. */
export type Row = Exclude<keyof Sample, 'hours'>;

interface Bound {
  readonly row: Row;
  readonly title: string;
  /** Bytes are shown in MB. */
  readonly inBytes: boolean;
  /** What the mean of the last quarter may have more than 1.05 times that of the first one. */
  readonly slack: number;
}

/** Growth that is allowed in any case. */
export const SHARE = 0.05;
const MB = 1e6;

const bytes = (row: Row, title: string, slack: number): Bound => ({
  row,
  title,
  inBytes: true,
  slack,
});
const count = (row: Row, title: string, slack: number): Bound => ({
  row,
  title,
  inBytes: false,
  slack,
});

/** What is bounded, in the order of the table. */
export const BOUNDS: readonly Bound[] = [
  bytes('pageHeap', 'heap', 2 * MB),
  bytes('pageBuffers', 'buffers', 2 * MB),
  bytes('workerHeap', 'heap of workers', 2 * MB),
  bytes('workerBuffers', 'buffers of workers', 2 * MB),
  bytes('wasm', 'wasm', 2 * MB),
  count('gpuBuffers', 'GPU buffers', 8),
  count('workers', 'workers', 0),
  count('domListeners', 'listeners', 50),
  count('nodes', 'nodes', 300),
  count('gameListeners', 'game listeners', 8),
  count('gameObjects', 'game objects', 0),
  count('episodes', 'episodes', 250),
  bytes('recordings', 'recordings', 0.25 * MB),
  bytes('keptModels', 'kept models', 0.25 * MB),
  bytes('storage', 'on the disk', 4 * MB),
];

/** Rows that are larger in the last quarter of the samples than in the first one, beyond their bounds. */
export function grownRows(samples: readonly Sample[]): Row[] {
  const quarter = Math.ceil(samples.length / 4);
  const meanOf = (part: readonly Sample[], row: Row): number =>
    part.reduce((sum, sample) => sum + sample[row], 0) / part.length;
  return BOUNDS.filter(({ row, slack }) => {
    const first = meanOf(samples.slice(0, quarter), row);
    return meanOf(samples.slice(-quarter), row) > first * (1 + SHARE) + slack;
  }).map(({ row }) => row);
}
