import { ByteStream } from '../util/byte-stream.ts';
import { crc32 } from '../util/crc32.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import {
  binaryFail,
  CRC_BYTES,
  HEADER_AT,
  readBinaryHeader,
  readBinaryStart,
} from './binary-format.ts';
import { checkEpisode } from './check-set.ts';
import { ColumnRoom } from './column-room.ts';
import { columnsOf } from './columns.ts';
import type { Episode } from './episode.ts';
import { JsonLinesReader } from './json-lines.ts';
import { LIMITS } from './limits.ts';
import { packedLength, unpackSteps } from './pack-steps.ts';
import type { CharacterSpec } from './spec.ts';
import { decodeText, failOtherKind, kindOfContent } from './unpack-file.ts';

/** Episodes that are read one after the other, once. Their reading may throw as described at `streamEpisodes`. */
export interface EpisodeStream {
  readonly spec: CharacterSpec;
  readonly episodes: AsyncIterable<Episode>;
}

/** What the kind of a file is decided by: its first bytes, white space included. */
const FIRST_BYTES = 1024;

/**
 * `readEpisodes` for files of any size, unpacked: holds one episode at a time, the header, and the ids so far.
 * Throws the same errors; what may be large is one episode instead of the file. A changed byte in a binary file may be found only at its end, after its episodes
 * were read: what was made of them must be thrown away then.
 *
 * @param source the content of a file without its gzip
 * @param name name of the file in errors
 */
export async function streamEpisodes(
  source: AsyncIterable<Uint8Array>,
  name: string,
): Promise<EpisodeStream> {
  const bytes = new ByteStream(source);
  const kind = kindOfContent(await bytes.peek(FIRST_BYTES));
  switch (kind) {
    case 'binary':
      return streamBinary(bytes, name);
    case 'json-lines':
      return streamJsonLines(bytes, name);
    case 'other':
      return failOtherKind(name);
    default:
      return kind satisfies never;
  }
}

async function streamJsonLines(bytes: ByteStream, name: string): Promise<EpisodeStream> {
  const room = new ColumnRoom(0, name);
  const lines = new JsonLinesReader(name, room);
  const next = async (): Promise<Episode | 'end' | null> => {
    const line = await bytes.takeLine(LIMITS.unpacked);
    if (!line) return 'end';
    checkSize(line.length, name);
    room.renew(line.length);
    return lines.read(decodeText(line, name));
  };
  while (!lines.spec && (await next()) !== 'end');
  const { spec } = lines;
  return { spec: spec ?? lines.finish(), episodes: rest() };

  async function* rest(): AsyncGenerator<Episode> {
    try {
      for (let episode = await next(); episode !== 'end'; episode = await next())
        if (episode) yield episode;
      lines.finish();
    } finally {
      await bytes.cancel();
    }
  }
}

async function streamBinary(bytes: ByteStream, name: string): Promise<EpisodeStream> {
  const fail = binaryFail(name);
  let crc = 0;
  const take = async (count: number): Promise<Uint8Array> => {
    checkSize(count, name);
    const taken = await bytes.take(count);
    if (taken.length < count) fail('it was cut off');
    crc = crc32(taken, crc);
    return taken;
  };
  const { headerLength, dataLength } = readBinaryStart(await take(HEADER_AT), name);
  const { spec, episodes: declared } = readBinaryHeader(await take(headerLength), fail);
  const fields = columnsOf(spec).length;
  const needed = declared.reduce((sum, { length }) => sum + packedLength(length, fields), 0);
  if (needed !== dataLength) fail(`its episodes take ${needed} bytes and not ${dataLength}`);
  return { spec, episodes: rest() };

  async function* rest(): AsyncGenerator<Episode> {
    const ids = new Set<string>();
    try {
      for (const { header, length } of declared) {
        const packed = await take(packedLength(length, fields));
        new ColumnRoom(packed.length, name).take({ steps: length, columns: fields });
        const episode: Episode = { ...header, ...unpackSteps(packed, 0, { length, fields }) };
        if (ids.has(episode.id)) fail(`the episode "${episode.id}" occurs twice`);
        ids.add(episode.id);
        try {
          checkEpisode(spec, episode);
        } catch (error) {
          fail(`its parts do not fit together (${messageOf(error)})`, error);
        }
        yield episode;
      }
      const found = crc;
      const end = await take(CRC_BYTES);
      const expected = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
      if (found !== expected) fail('its checksum differs, so some bytes have changed');
      if ((await bytes.peek(1)).length) fail('there are bytes after its end');
    } finally {
      await bytes.cancel();
    }
  }
}

/** Throws `too-large` for more bytes than are read at once: the header, a line or an episode. */
function checkSize(bytes: number, name: string): void {
  if (bytes > LIMITS.unpacked)
    throw new ForesightError(
      'too-large',
      `${name} has a header or an episode of more than ${LIMITS.unpacked} bytes. Divide its longest episodes.`,
    );
}
