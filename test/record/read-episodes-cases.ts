import { expect, it } from 'vitest';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { bitsOf } from './any-set.ts';
import { chunkAt, episodeAt, expectError, setOf } from './fixtures.ts';

const long = { ...episodeAt('a'), ...chunkAt(...Array.from({ length: 5000 }, (_, i) => 3 * i)) };
const set = setOf({ ...long, endTick: 20_000 }, episodeAt('b'));
const binary = encodeEpisodes(set);
const text = new TextEncoder().encode(writeJsonLines(set));

/** Concatenates two arrays of bytes. */
function join(a: ArrayLike<number>, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** A copy with one byte changed. */
function change(bytes: Uint8Array, at: number, to: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = to;
  return copy;
}

async function zip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reading files of every kind; the same in Node and in browsers. */
export function readEpisodesCases(): void {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['binary', () => binary],
    ['JSON lines', () => text],
    ['gzipped binary', () => zip(binary)],
    ['gzipped JSON lines', () => zip(text)],
    ['indented', () => join([0xef, 0xbb, 0xbf, 0x20, 0x0a], text)],
    ['part of a larger buffer', () => join([1, 2, 3], binary).subarray(3)],
  ])('reads episodes: %s', async (_, make) => {
    expect(bitsOf(await readEpisodes(await make(), 'file'))).toEqual(bitsOf(set));
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ['nothing', () => new Uint8Array(0), /^My\.file is empty\. A file of episodes begins with/],
    ['blanks', () => new TextEncoder().encode(' \n'), /^My\.file is empty/],
    ['nothing, gzipped', () => zip(new Uint8Array(0)), /^My\.file is empty/],
    [
      'another kind of file',
      () => new TextEncoder().encode('tick;action\n1;2'),
      /^My\.file is not a file of episodes\. Files that can be read: binary ones .* JSON lines .* also gzipped/,
    ],
    ['cut binary', () => binary.subarray(0, -7), /^My\.file .* so it was cut off/],
    ['three bytes of a binary', () => binary.subarray(0, 3), /^My\.file .* so it was cut off/],
    ['a changed binary', () => change(binary, 99, binary[99] ^ 1), /^My\.file .*checksum differs/],
    ['a changed first byte', () => change(binary, 0, 0), /^My\.file is not a file of episodes/],
    ['cut JSON lines', () => text.subarray(0, -7), /^My\.file, line 3: it is not JSON/],
    ['text that is not UTF-8', () => change(text, 20, 0xff), /^My\.file is not text in UTF-8/],
    [
      'cut gzip',
      async () => (await zip(text)).subarray(0, -20),
      /^My\.file is a damaged gzip file: it was cut off or/,
    ],
    ['gzip without its checksum', async () => (await zip(text)).subarray(0, -8), /damaged gzip/],
    ['gzip of two bytes', () => Uint8Array.of(0x1f, 0x8b), /damaged gzip/],
    [
      'changed gzip',
      async () => {
        const zipped = await zip(text);
        return change(zipped, zipped.length >> 1, zipped[zipped.length >> 1] ^ 0xff);
      },
      /^My\.file is a damaged gzip file/,
    ],
    [
      'gzip of something else',
      () => zip(new TextEncoder().encode('hello')),
      /^My\.file is not a file/,
    ],
  ])('describes the fault of a file: %s', async (_, make, message) => {
    const bytes = await make();
    await expectError(() => readEpisodes(bytes, 'My.file'), 'corrupt-file', message);
  });

  it('refuses a gzipped file that unpacks to more than the limit', async () => {
    const zipped = await zip(text);
    const limit = text.length;
    expect(bitsOf(await readEpisodes(zipped, 'file', { limit }))).toEqual(bitsOf(set));
    await expectError(
      () => readEpisodes(zipped, 'My.file', { limit: limit - 1 }),
      'too-large',
      /^My\.file is gzipped and unpacks to more than 0\.\d+ MB, the limit\. Unpack it first, or split it/,
    );
  });

  it('does not change the bytes it reads', async () => {
    const before = text.slice();
    await readEpisodes(text, 'file');
    expect(text).toEqual(before);
  });
}
