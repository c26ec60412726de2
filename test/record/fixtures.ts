import { expect } from 'vitest';
import type { Episode, EpisodeHeader, EpisodeSet } from '../../src/record/episode.ts';
import type { EpisodeChunk } from '../../src/record/episode-store.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { ErrorCode } from '../../src/util/error.ts';
import { DUELIST } from './spec.ts';

export { DUELIST, KICKER, OBSERVATION } from './spec.ts';

export const header = (episode: string, more: Partial<EpisodeHeader> = {}): EpisodeHeader => ({
  id: episode,
  session: 'evening',
  character: 'hero',
  end: 'truncated',
  endTick: 0,
  learn: true,
  meta: { level: 3, player: 'Ann', cpu: false },
  ...more,
});

/** Steps of DUELIST at `ticks`, with all actions in rotation. */
export const chunkAt = (...ticks: number[]): EpisodeChunk => ({
  length: ticks.length,
  ticks: Int32Array.from(ticks),
  actions: Uint16Array.from(ticks, (_, i) => i % 3),
  columns: [
    Float32Array.from(ticks, (tick) => tick / 8),
    Float32Array.from(ticks, (tick) => Math.abs(tick) % 2),
    Float32Array.from(ticks, () => NaN),
    Float32Array.from(ticks, () => 31),
  ],
});

export const episodeAt = (episode: string, ...ticks: number[]): Episode => ({
  ...header(episode, { end: 'terminated', endTick: ticks.at(-1) ?? 0 }),
  ...chunkAt(...ticks),
});

export const setOf = (...episodes: Episode[]): EpisodeSet => ({ spec: DUELIST, episodes });

/** The error that `run` throws or rejects with, which must be a ForesightError that names its fix. */
export async function errorOf(run: () => unknown): Promise<ForesightError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ForesightError);
    return error as ForesightError;
  }
  return expect.fail('it did not throw');
}

/** Checks that `run` throws a ForesightError of this code whose message matches. */
export async function expectError(
  run: () => unknown,
  code: ErrorCode,
  message: RegExp,
): Promise<void> {
  const error = await errorOf(run);
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
}
