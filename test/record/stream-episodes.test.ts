import { describe, expect, it } from 'vitest';
import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { streamEpisodes } from '../../src/record/stream-episodes.ts';
import { ByteStream } from '../../src/util/byte-stream.ts';
import { ForesightError } from '../../src/util/error.ts';
import { createRng } from '../../src/util/rng.ts';
import { mutate } from '../fuzz/mutate.ts';
import { seedsOf } from '../fuzz/seeds.ts';
import { bitsOf } from './any-set.ts';

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function stream(bytes: Uint8Array, pieceSize: number): Promise<EpisodeSet> {
  const { spec, episodes: source } = await streamEpisodes(piecesOf(bytes, pieceSize), 'file');
  const episodes: Episode[] = [];
  for await (const episode of source) episodes.push(episode);
  return { spec, episodes };
}

/** What was read, or the code of the error. */
const outcome = (reading: Promise<EpisodeSet>): Promise<unknown> =>
  reading.then(bitsOf, (error: unknown) => {
    if (error instanceof ForesightError) return error.code;
    throw error;
  });

describe.each(['binary', 'json-lines'] as const)('streaming episodes: %s', (kind) => {
  it('reads what is read of a whole file, however it is cut', async () => {
    for (const seed of seedsOf(kind))
      for (const size of [1, 7, 1000])
        expect(bitsOf(await stream(seed, size))).toEqual(bitsOf(await readEpisodes(seed, 'file')));
  });

  it('refuses or reads changed files as a reader of whole files does', async () => {
    const rng = createRng(5);
    const seeds = seedsOf(kind);
    for (let i = 0; i < 500; i++) {
      const bytes = mutate(kind, seeds[rng.int(seeds.length)], rng);
      // A reader of whole files finds a wrong checksum first, and another version or size later.
      const [streamed, whole] = [
        await outcome(stream(bytes, 50)),
        await outcome(readEpisodes(bytes, 'file')),
      ];
      if (typeof whole === 'string') expect(streamed).toBeTypeOf('string');
      else expect(streamed).toEqual(whole);
    }
  });
});

describe('the lines of a stream', () => {
  it('are cut where they are longer than the reader allows', async () => {
    const lines = new ByteStream(piecesOf(new TextEncoder().encode(`ab\n${'c'.repeat(50)}\n`), 4));
    expect((await lines.takeLine(10))?.length).toBe(2);
    const long = await lines.takeLine(10);
    expect(long?.length).toBeGreaterThan(10);
    expect(long?.length).toBeLessThan(20);
  });
});
