import * as v from 'valibot';
import { crc32 } from '../util/crc32.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { parseJson } from '../util/parse-json.ts';
import { checkSet } from './check-set.ts';
import { ColumnRoom } from './column-room.ts';
import { columnsOf } from './columns.ts';
import type { Episode, EpisodeHeader, EpisodeSet } from './episode.ts';
import { headerFault, headerOf } from './episode-header.ts';
import { packSteps, packedLength, unpackSteps } from './pack-steps.ts';
import { LIMITS } from './limits.ts';
import { checkSpec } from './spec.ts';
import type { CharacterSpec } from './spec.ts';
import { specSchema } from './spec-schema.ts';

/** Version of the format; raised when older readers would misread the file. */
export const BINARY_VERSION = 1;

// As in PNG: a first byte that is not text, and line ends that a text-mode copy would change.
const MAGIC = Uint8Array.of(0x89, 0x46, 0x53, 0x45, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION_AT = 8;
const HEADER_LENGTH_AT = 12;
const DATA_LENGTH_AT = 16;
/** Where the header begins. */
export const HEADER_AT = 24;
export const CRC_BYTES = 4;

const fileSchema = v.object({
  spec: specSchema,
  episodes: v.array(v.looseObject({ length: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })),
});

/** True when the bytes begin like a file of `encodeEpisodes`, even if they end soon after. */
export function isBinaryEpisodes(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, MAGIC.length);
  return length > 0 && MAGIC.subarray(0, length).every((byte, i) => byte === bytes[i]);
}

/**
 * Episodes as one binary file. All numbers little-endian:
 *
 *     0   8 bytes  89 "FSE" 0d 0a 1a 0a
 *     8   u32      version, 1
 *     12  u32      H, bytes of the header
 *     16  f64      D, bytes of the data
 *     24  H bytes  header, JSON in UTF-8, padded with spaces to a multiple of 8:
 *                  { spec, episodes: [{ id, session, character, end, endTick, learn, meta, length }] }
 *         D bytes  per episode: ticks i32[length], actions u16[length] padded to 4 bytes, and one
 *                  f32[length] per column (`columnsOf`); NaN = missing
 *         u32      CRC-32 of everything before it, in every version of the format
 *
 * Floats are kept bit for bit. Throws `bad-data` for episodes that do not fit the spec or end before their last
 * step, values that a field cannot have (only NaN is allowed anywhere), duplicate ids or a header that JSON cannot
 * hold, and `bad-spec` for an invalid spec.
 */
export function encodeEpisodes({ spec, episodes }: EpisodeSet): Uint8Array<ArrayBuffer> {
  checkSet({ spec, episodes });
  const fields = columnsOf(spec).length;
  const { bytes: start, dataLength } = binaryStart(spec, episodes);
  const file = new Uint8Array(start.length + dataLength + CRC_BYTES);
  file.set(start);
  let at = start.length;
  for (const episode of episodes) {
    packSteps(episode, file, at);
    at += packedLength(episode.length, fields);
  }
  new DataView(file.buffer).setUint32(at, crc32(file.subarray(0, at)), true);
  return file;
}

/** A header and the number of steps that follow. */
export type DeclaredEpisode = EpisodeHeader & Pick<Episode, 'length'>;

/** Everything in front of the data of a file of `encodeEpisodes`, and the length of the data. */
export function binaryStart(
  spec: CharacterSpec,
  episodes: readonly DeclaredEpisode[],
): { bytes: Uint8Array; dataLength: number } {
  const fields = columnsOf(spec).length;
  const json = new TextEncoder().encode(
    JSON.stringify({
      spec,
      episodes: episodes.map((episode) => ({ ...headerOf(episode), length: episode.length })),
    }),
  );
  const headerLength = Math.ceil(json.length / 8) * 8;
  const dataLength = episodes.reduce((sum, { length }) => sum + packedLength(length, fields), 0);
  const bytes = new Uint8Array(HEADER_AT + headerLength);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(VERSION_AT, BINARY_VERSION, true);
  view.setUint32(HEADER_LENGTH_AT, headerLength, true);
  view.setFloat64(DATA_LENGTH_AT, dataLength, true);
  bytes.fill(0x20, HEADER_AT);
  bytes.set(json, HEADER_AT);
  return { bytes, dataLength };
}

/**
 * Reads a file of `encodeEpisodes`. Whatever the bytes, it either succeeds or throws a
 * ForesightError that describes the fault of `name`: `corrupt-file` (another kind of file, truncated, with
 * changed bytes or impossible values), `wrong-version`, or `too-large` for very many episodes without steps.
 *
 * @param onProgress called after each episode with the share of the file that is read, in (0, 1]
 */
export function decodeEpisodes(
  bytes: Uint8Array,
  name = 'The file',
  onProgress?: (done: number) => void,
): EpisodeSet {
  const fail: BinaryFail = binaryFail(name);
  if (!bytes.length) fail('it is empty');
  if (!isBinaryEpisodes(bytes)) fail('it does not begin like one');
  const dataAt = checkFrame(bytes, { name, fail });
  const { spec, episodes } = readBinaryHeader(bytes.subarray(HEADER_AT, dataAt), fail);
  const fields = columnsOf(spec).length;
  const needed = episodes.reduce((sum, { length }) => sum + packedLength(length, fields), 0);
  const present = bytes.length - CRC_BYTES - dataAt;
  if (needed !== present) fail(`its episodes take ${needed} bytes but it holds ${present}`);
  const room = new ColumnRoom(bytes.length, name);
  for (const { length } of episodes) room.take({ steps: length, columns: fields });
  let at = dataAt;
  const set = {
    spec,
    episodes: episodes.map(({ length, header }): Episode => {
      const steps = unpackSteps(bytes, at, { length, fields });
      at += packedLength(length, fields);
      onProgress?.((at + CRC_BYTES) / bytes.length);
      return { ...header, ...steps };
    }),
  };
  try {
    checkSet(set);
  } catch (error) {
    fail(`its parts do not fit together (${messageOf(error)})`, error);
  }
  return set;
}

/** Throws `corrupt-file`, naming the file. */
export const binaryFail =
  (name: string): BinaryFail =>
  (what, cause) => {
    throw new ForesightError(
      'corrupt-file',
      `${name} is not a whole file of episodes: ${what}. Copy, download or export it again.`,
      { cause },
    );
  };

export type BinaryFail = (what: string, cause?: unknown) => never;

/** Checks everything but header and data; returns the header and the offset of the data. */
function checkFrame(bytes: Uint8Array, { name, fail }: { name: string; fail: BinaryFail }): number {
  const { length } = bytes;
  if (length < HEADER_AT + CRC_BYTES) fail(`it has only ${length} bytes, so it was cut off`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const version = view.getUint32(VERSION_AT, true);
  const dataAt = HEADER_AT + view.getUint32(HEADER_LENGTH_AT, true);
  const expected = dataAt + view.getFloat64(DATA_LENGTH_AT, true) + CRC_BYTES;
  // The checksum comes first: in a damaged file, version and lengths cannot be trusted.
  if (crc32(bytes.subarray(0, length - CRC_BYTES)) !== view.getUint32(length - CRC_BYTES, true))
    fail(
      version === BINARY_VERSION && length < expected
        ? `it has ${length} of its ${expected} bytes, so it was cut off`
        : 'its checksum differs, so some bytes have changed',
    );
  if (version !== BINARY_VERSION) failVersion(name, version);
  if (length !== expected) fail(`it has ${length} bytes instead of ${expected}`);
  return dataAt;
}

function failVersion(name: string, version: number): never {
  throw new ForesightError(
    'wrong-version',
    `${name} has version ${version} of the episode format, and this is version ${BINARY_VERSION}. Update phaser-foresight, or export the file again with this version.`,
  );
}

/** The lengths of header and data, from the first `HEADER_AT` bytes of a file. Throws `wrong-version`. */
export function readBinaryStart(
  bytes: Uint8Array,
  name: string,
): { headerLength: number; dataLength: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(VERSION_AT, true);
  if (version !== BINARY_VERSION) failVersion(name, version);
  return {
    headerLength: view.getUint32(HEADER_LENGTH_AT, true),
    dataLength: view.getFloat64(DATA_LENGTH_AT, true),
  };
}

/** The header of a file, from its bytes. */
export function readBinaryHeader(
  bytes: Uint8Array,
  fail: BinaryFail,
): { spec: CharacterSpec; episodes: { length: number; header: EpisodeHeader }[] } {
  let json: unknown;
  try {
    json = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), LIMITS.depth);
  } catch (error) {
    fail('its header is not JSON', error);
  }
  const { success, output, issues } = v.safeParse(fileSchema, json, { abortEarly: true });
  if (!success)
    return fail(`its header is wrong (${v.getDotPath(issues[0])}: ${issues[0].message})`);
  try {
    checkSpec(output.spec);
  } catch (error) {
    fail(`its spec is not usable (${messageOf(error)})`, error);
  }
  const episodes = output.episodes.map(({ length, ...rest }, i) => {
    const fault = headerFault(rest);
    if (fault !== null) fail(`its header is wrong (episodes.${i}.${fault})`);
    return { length, header: headerOf(rest as unknown as EpisodeHeader) };
  });
  return { spec: output.spec, episodes };
}
