import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import type { Episode } from '../../src/record/episode.ts';
import { crc32 } from '../../src/util/crc32.ts';
import { anySet, bitsOf } from './any-set.ts';
import { episodeAt, errorOf, expectError, setOf } from './fixtures.ts';

const CODES = ['corrupt-file', 'wrong-version'];
const small = setOf(episodeAt('a', -3, 4, 4), episodeAt('b'));

/** The file with one change, and a checksum that agrees with it. */
function forge(change: (file: Uint8Array, view: DataView) => void): Uint8Array {
  const file = encodeEpisodes(small);
  const view = new DataView(file.buffer);
  change(file, view);
  view.setUint32(file.length - 4, crc32(file.subarray(0, -4)), true);
  return file;
}

/** The file with `from` in its header replaced by `to`, which must be as long. */
const rename = (from: string, to: string): Uint8Array =>
  forge((file) => {
    const text = String.fromCharCode(...file);
    const at = text.indexOf(from);
    expect(at).toBeGreaterThan(0);
    expect(to).toHaveLength(from.length);
    file.set(
      Uint8Array.from(to, (letter) => letter.charCodeAt(0)),
      at,
    );
  });

describe('binary episodes', () => {
  it('restore everything, floats bit for bit', () => {
    fc.assert(
      fc.property(anySet(), (set) => {
        expect(bitsOf(decodeEpisodes(encodeEpisodes(set)))).toEqual(bitsOf(set));
      }),
    );
  });

  it('keep minus zero and every NaN', () => {
    const bits = Uint32Array.of(0x80000000, 0x7f7fffff, 0x7fc00000, 0x7f812345, 0xffc00001, 1);
    const column = new Float32Array(bits.buffer);
    const episode = { ...episodeAt('a', 1, 2, 3, 4, 5, 6) };
    const set = setOf({ ...episode, columns: [column, ...episode.columns.slice(1)] });
    const read = decodeEpisodes(encodeEpisodes(set)).episodes[0].columns[0];
    expect(new Uint32Array(read.buffer)).toEqual(bits);
  });

  it('are little-endian, aligned and the same for the same input', () => {
    const file = encodeEpisodes(small);
    expect(encodeEpisodes(small)).toEqual(file);
    expect([...file.subarray(0, 8)]).toEqual([0x89, 0x46, 0x53, 0x45, 13, 10, 26, 10]);
    const view = new DataView(file.buffer);
    const dataAt = 24 + view.getUint32(12, true);
    expect(dataAt % 8).toBe(0);
    expect([0, 4, 8].map((at) => view.getInt32(dataAt + at, true))).toEqual([-3, 4, 4]);
    expect(view.getFloat32(dataAt + 12 + 8 + 4, true)).toBe(0.5);
    expect(file.length).toBe(dataAt + view.getFloat64(16, true) + 4);
  });

  it('may lie anywhere in a larger buffer', () => {
    const file = encodeEpisodes(small);
    const larger = new Uint8Array(file.length + 16);
    larger.set(file, 7);
    const read = decodeEpisodes(larger.subarray(7, 7 + file.length));
    expect(bitsOf(read)).toEqual(bitsOf(small));
    larger.fill(0);
    expect(bitsOf(read)).toEqual(bitsOf(small));
  });
});

describe('damage to a binary file', () => {
  it('is detected wherever a byte changes', async () => {
    const file = encodeEpisodes(small);
    for (let at = 0; at < file.length; at++) {
      for (const change of [1, 0x80, 0xff]) {
        file[at] ^= change;
        const error = await errorOf(() => decodeEpisodes(file));
        expect(CODES).toContain(error.code);
        file[at] ^= change;
      }
    }
    expect(bitsOf(decodeEpisodes(file))).toEqual(bitsOf(small));
  });

  it('is detected wherever the file is cut off', async () => {
    const file = encodeEpisodes(small);
    for (let length = 0; length < file.length; length++) {
      const error = await errorOf(() => decodeEpisodes(file.subarray(0, length)));
      expect(error.code).toBe('corrupt-file');
    }
  });

  it('is detected in arbitrary bytes', () => {
    fc.assert(
      fc.asyncProperty(
        anySet(),
        fc.uint8Array({ maxLength: 64 }),
        fc.nat(),
        async (set, noise, place) => {
          const file = encodeEpisodes(set);
          const at = place % file.length;
          const before = file.slice();
          file.set(noise.subarray(0, file.length - at), at);
          if (file.every((byte, i) => byte === before[i])) return;
          expect(CODES).toContain((await errorOf(() => decodeEpisodes(file))).code);
        },
      ),
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'nothing',
      new Uint8Array(0),
      /^Game\.bin is not a whole file of episodes: it is empty\. .*export it again/,
    ],
    ['another file', new TextEncoder().encode('PNG or so'), /does not begin like one/],
    ['a cut header', encodeEpisodes(small).subarray(0, 20), /only 20 bytes, so it was cut off/],
    [
      'a cut end',
      encodeEpisodes(small).subarray(0, -10),
      /it has \d+ of its \d+ bytes, so it was cut off/,
    ],
    [
      'more at the end',
      Uint8Array.of(...encodeEpisodes(small), 0),
      /checksum differs, so some bytes have changed/,
    ],
    [
      'lengths that do not fit',
      forge((_, view) => view.setFloat64(16, 8, true)),
      /bytes instead of/,
    ],
    ['a header that is not JSON', rename('{"spec"', '["spec"'), /header is not JSON/],
    ['a header without episodes', rename('"episodes"', '"episoden"'), /header is wrong \(episodes/],
    [
      'a bad spec',
      rename('"kind":"id"', '"kind":"ID"'),
      /header is wrong \(spec\.observation\.fields\.3/,
    ],
    [
      'actions twice',
      rename('"idle","jab","block"]}}', '"idle","jab","idle" ]}}'),
      /action "idle" occurs twice/,
    ],
    ['an end that is none', rename('"terminated"', '"terminatet"'), /episodes\.0\.end/],
    ['the same id twice', rename('"id":"b"', '"id":"a"'), /"a" occurs twice/],
    ['another length', rename('"length":3', '"length":2'), /take \d+ bytes but it holds \d+/],
    ['a huge length', rename('"length":3', '"length":9'), /take \d+ bytes but it holds \d+/],
    [
      'ticks that fall',
      forge((_, view) => view.setInt32(24 + view.getUint32(12, true), 99, true)),
      /falls from 99 to 4/,
    ],
  ])('is described: %s', async (_, bytes, message) => {
    await expectError(() => decodeEpisodes(bytes, 'Game.bin'), 'corrupt-file', message);
  });

  it('is distinguished from a newer version', async () => {
    const newer = forge((_, view) => view.setUint32(8, 2, true));
    await expectError(
      () => decodeEpisodes(newer),
      'wrong-version',
      /version 2 .*this is version 1\. Update/,
    );
  });
});

describe('encodeEpisodes refuses', () => {
  it.each<[string, Partial<Episode>, RegExp]>([
    ['columns of another length', { columns: [] }, /0 columns .* 4 fields/],
    ['actions the spec lacks', { actions: Uint16Array.of(0, 1, 3) }, /action 3/],
    ['falling ticks', { ticks: Int32Array.of(1, 3, 2) }, /falls from 3 to 2/],
    ['meta that JSON cannot hold', { meta: { score: Infinity } }, /"a" is wrong: meta/],
    ['an empty id', { id: '' }, /id is empty/],
    ['half a tick', { endTick: 1.5 }, /endTick/],
    [
      'an end before the last step',
      { endTick: 2 },
      /ends at tick 2, before its last step at 3\. Give/,
    ],
  ])('%s', async (_, fault, message) => {
    const episode = { ...episodeAt('a', 1, 2, 3), ...fault };
    await expectError(() => encodeEpisodes(setOf(episode)), 'bad-data', message);
  });

  it('duplicate ids', () =>
    expectError(() => encodeEpisodes(setOf(episodeAt('a'), episodeAt('a'))), 'bad-data', /twice/));
});
