import { createReadStream, openSync, closeSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { CsvSpec } from '../record/csv-spec.ts';
import { streamEpisodes } from '../record/stream-episodes.ts';
import type { EpisodeStream } from '../record/stream-episodes.ts';
import { isGzip } from '../record/unpack-file.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { readRecordings } from './files.ts';

/**
 * Opens a file of episodes to read them one after the other. CSV is read whole.
 * Throws what `readRecordings` throws, naming the file.
 */
export async function openEpisodes(path: string, csv?: CsvSpec): Promise<EpisodeStream> {
  if (csv || /\.csv(\.gz)?$/i.test(path)) {
    const { spec, episodes } = await readRecordings([path], csv);
    return {
      spec,
      episodes: (async function* () {
        yield* episodes;
      })(),
    };
  }
  return streamEpisodes(contentOf(path), `"${path}"`);
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    const packed = beginsLikeGzip(path);
    const file = createReadStream(path, { highWaterMark: 2 ** 18 });
    // Its error ends the reading below.
    const content = packed ? pipeline(file, createGunzip(), () => {}) : file;
    for await (const piece of content) yield piece as Uint8Array;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const isDamaged = code.startsWith('Z_');
    throw new ForesightError(
      isDamaged ? 'corrupt-file' : 'bad-data',
      isDamaged
        ? `"${path}" is a damaged gzip file: it was cut off or some bytes have changed. Copy, download or export it again.`
        : `"${path}" cannot be read: ${messageOf(error)}. Check the path; wildcards need at least one match.`,
      { cause: error },
    );
  }
}

function beginsLikeGzip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const first = new Uint8Array(2);
    return readSync(file, first) === 2 && isGzip(first);
  } finally {
    closeSync(file);
  }
}
