import { crc32 } from '../util/crc32.ts';
import { ForesightError } from '../util/error.ts';
import type { Episode } from './episode.ts';
import { EpisodeBuffer } from './episode-buffer.ts';
import { headerOf } from './episode-header.ts';
import type { StoredChunk, StoredRecord } from './indexeddb-schema.ts';
import { packedLength, unpackSteps } from './pack-steps.ts';

/**
 * Joins the stored chunks of an episode. Throws `corrupt-file`, naming the episode, when a chunk is
 * missing or its bytes have changed.
 *
 * @param chunks in ascending order
 * @param fields number of observation columns
 */
export function joinChunks(
  record: StoredRecord,
  chunks: readonly StoredChunk[],
  fields: number,
): Episode {
  const buffer = new EpisodeBuffer(fields);
  for (const [i, { index, length, bytes, crc }] of chunks.entries()) {
    if (index !== i) fail(record.id, `its chunk ${i} is missing`);
    if (!(bytes instanceof Uint8Array) || bytes.length !== packedLength(length, fields))
      fail(record.id, `its chunk ${i} has the wrong size`);
    if (crc32(bytes) !== crc) fail(record.id, `bytes of its chunk ${i} have changed`);
    buffer.pushChunk(unpackSteps(bytes, 0, { length, fields }));
  }
  if (chunks.length !== record.chunks || buffer.length !== record.steps)
    fail(record.id, `it has ${buffer.length} of its ${record.steps} steps`);
  return { ...headerOf(record), ...buffer.slice() };
}

function fail(id: string, what: string): never {
  throw new ForesightError(
    'corrupt-file',
    `The stored episode "${id}" is damaged: ${what}. Delete it with remove("${id}"); the other episodes are not affected.`,
  );
}
