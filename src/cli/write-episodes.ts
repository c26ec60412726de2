import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Dataset } from '../parquet/dataset-reader.ts';
import { binaryStart } from '../record/binary-format.ts';
import { writeFullEpisode, writeFullHeader } from '../record/json-lines-full.ts';
import { packSteps } from '../record/pack-steps.ts';
import { crc32 } from '../util/crc32.ts';
import { removeUnfinished } from './files.ts';

/** How the name of a file of episodes ends, by what is written to it. */
export const EPISODE_FILE = /\.(?<kind>bin|jsonl)(?<gzip>\.gz)?$/i;

/**
 * Writes episodes one after the other, as JSON lines or binary, gzipped or not, as the name ends. The whole file
 * or nothing: after an error the previous file is still there.
 */
export async function writeEpisodes(path: string, dataset: Dataset): Promise<void> {
  const { kind = 'bin', gzip } = EPISODE_FILE.exec(path)?.groups ?? {};
  const pieces = kind.toLowerCase() === 'bin' ? binary(dataset) : jsonLines(dataset);
  const unfinished = `${path}.unfinished`;
  const file = createWriteStream(unfinished);
  const source = Readable.from(pieces, { objectMode: true });
  try {
    await (gzip ? pipeline(source, createGzip(), file) : pipeline(source, file));
    renameSync(unfinished, path);
  } catch (error) {
    removeUnfinished(unfinished);
    throw error;
  }
}

async function* jsonLines({ spec, episodes, read }: Dataset): AsyncGenerator<string> {
  yield `${writeFullHeader(spec, episodes.length)}\n`;
  for await (const episode of read()) yield `${writeFullEpisode(spec, episode)}\n`;
}

async function* binary({ spec, episodes, read }: Dataset): AsyncGenerator<Uint8Array> {
  let crc = 0;
  const counted = (bytes: Uint8Array): Uint8Array => {
    crc = crc32(bytes, crc);
    return bytes;
  };
  yield counted(binaryStart(spec, episodes).bytes);
  for await (const episode of read()) yield counted(packSteps(episode));
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, crc, true);
  yield end;
}
