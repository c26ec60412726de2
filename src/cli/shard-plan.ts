import { cutWindows } from '../dataset/cut-windows.ts';
import type { WindowOptions } from '../dataset/cut-windows.ts';
import { splitBySession } from '../dataset/split.ts';
import type { Split } from '../dataset/split.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import { createRng } from '../util/rng.ts';
import type { RecordingStream } from './recording-stream.ts';
import { splitForTest } from './split-for-test.ts';

/** What is kept of an episode between two readings of its file. */
export type EpisodeRow = Pick<Episode, 'session' | 'character' | 'learn' | 'length'>;

export interface ShardPlanOptions {
  readonly testFraction: number;
  readonly heldOutFraction: number;
  readonly seed: number;
  /** Sets aside the last sessions for the test instead of random ones. */
  readonly last: boolean;
  /** Steps to fit on, at most. */
  readonly fitSteps: number;
}

/** Which sessions are for what, decided before the steps are read. */
export interface ShardPlan {
  /** Episodes to train on, and those that choose the epoch. */
  readonly split: Split<EpisodeRow>;
  readonly testRows: readonly EpisodeRow[];
  /** Sessions of the split that statistics and experts are fitted on: all of them, if there are few. */
  readonly fitted: ReadonlySet<string>;
  /** Episodes of the split by player, as `playerOf`. */
  readonly episodesOf: ReadonlyMap<string, number>;
}

/** Reads the episodes once, and keeps a row of each. */
export async function planShards(
  recordings: RecordingStream,
  { testFraction, heldOutFraction, seed, last, fitSteps }: ShardPlanOptions,
): Promise<ShardPlan> {
  const rows: EpisodeRow[] = [];
  for await (const { session, character, learn, length } of recordings.read())
    rows.push({ session, character, learn, length });
  const test = splitForTest(rows, { fraction: testFraction, seed, last });
  const split = splitBySession(test.train, { fraction: heldOutFraction, seed });
  const episodesOf = new Map<string, number>();
  for (const row of test.train) {
    const player = playerOf(row);
    episodesOf.set(player, (episodesOf.get(player) ?? 0) + 1);
  }
  const fitted = new Set([
    ...drawSessions(split.train, { most: fitSteps, seed }),
    ...drawSessions(split.heldOut, { most: fitSteps * heldOutFraction, seed }),
  ]);
  return { split, testRows: test.heldOut, fitted, episodesOf };
}

/** Windows that these episodes are cut into. */
export const windowsOf = (rows: readonly EpisodeRow[], options: WindowOptions): number =>
  rows.reduce((sum, { length }) => sum + cutWindows(length, 0, options).length, 0);

/** All sessions or, if they have more steps together, random ones that have no more: at least one. */
function drawSessions(
  rows: readonly EpisodeRow[],
  { most, seed }: { readonly most: number; readonly seed: number },
): string[] {
  const steps = new Map<string, number>();
  for (const { session, length } of rows) steps.set(session, (steps.get(session) ?? 0) + length);
  const drawn: string[] = [];
  let left = most;
  for (const [session, count] of createRng(seed)
    .fork(FITTED)
    .shuffle([...steps])) {
    if (drawn.length && count > left) continue;
    drawn.push(session);
    left -= count;
  }
  return drawn;
}

/** The draw must not have the same numbers as others that start from the run's seed. */
const FITTED = 0xf1;
