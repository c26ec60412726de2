import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tensor, TensorFile } from '../../src/model/safetensors.ts';
import { CHECKSUM_KEY, readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import { ForesightError } from '../../src/util/error.ts';

const FILE: TensorFile = {
  tensors: [
    { name: 'flags', shape: [3], data: Uint8Array.of(1, 0, 255) },
    { name: 'weights', shape: [2, 2], data: Float32Array.of(1, -0, 1e-40, 3.5) },
    { name: 'lengths', shape: [2], data: Int32Array.of(-7, 2e9) },
    { name: 'actions', shape: [1, 3], data: Uint16Array.of(1, 65535, 3) },
    { name: 'empty', shape: [0, 5], data: new Float32Array(0) },
    { name: 'halves', shape: [2], data: Uint16Array.of(0x3c00, 0x8001), dtype: 'F16' },
    { name: 'levels', shape: [2, 1], data: Int8Array.of(-127, 5) },
    { name: 'scalar', shape: [], data: Float32Array.of(NaN) },
  ],
  metadata: new Map([
    ['note', 'déjà vu "quoted" \n 🎮 \ud800'],
    ['__proto__', 'x'],
    ['7', 'seven'],
  ]),
};

const sorted = ({ tensors, metadata }: TensorFile): unknown => ({
  tensors: [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1)),
  metadata: [...metadata].sort(),
});

/** The bytes of a file with this header and that much data. */
function rawFile(header: string, dataBytes = 0): Uint8Array {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

const headerOf = (file: Uint8Array): { text: string; start: number } => {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  return { text: new TextDecoder().decode(file.subarray(8, 8 + length)), start: 8 + length };
};

const anyTensor = (name: string): fc.Arbitrary<Tensor> =>
  fc
    .oneof(
      fc.float32Array({ maxLength: 20 }),
      fc.uint8Array({ maxLength: 20 }),
      fc.uint16Array({ maxLength: 20 }),
      fc.int32Array({ maxLength: 20 }),
      fc.int8Array({ maxLength: 20 }),
    )
    .map((data) => ({ name, shape: [data.length], data }));

const anyFile: fc.Arbitrary<TensorFile> = fc
  .uniqueArray(
    fc.string().filter((name) => name !== '__metadata__'),
    { maxLength: 5 },
  )
  .chain((names) =>
    fc.record({
      tensors: fc.tuple(...names.map(anyTensor)),
      metadata: fc
        .dictionary(
          fc.string().filter((key) => key !== CHECKSUM_KEY),
          fc.string(),
        )
        .map((entries) => new Map(Object.entries(entries))),
    }),
  );

describe('writing and reading', () => {
  it('gives back what was written, to the bit', () => {
    const read = readSafetensors(writeSafetensors(FILE));
    expect(sorted(read)).toEqual(sorted(FILE));
    const weights = read.tensors.find(({ name }) => name === 'weights');
    expect(Object.is(weights?.data[1], -0)).toBe(true);
  });

  it('gives back any file', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        expect(sorted(readSafetensors(writeSafetensors(file)))).toEqual(sorted(file));
      }),
    );
  });

  it('reads bytes that begin at an odd place', () => {
    const file = writeSafetensors(FILE);
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(sorted(readSafetensors(shifted.subarray(3)))).toEqual(sorted(FILE));
  });

  it('pads the header with spaces so that the data are aligned', () => {
    const file = writeSafetensors(FILE);
    const { text, start } = headerOf(file);
    expect(start % 8).toBe(0);
    expect(text).toMatch(/^\{.*\} {0,7}$/);
    const header = JSON.parse(text) as Record<string, { dtype: string; data_offsets: number[] }>;
    expect(header.weights.data_offsets[0] % 4).toBe(0);
    expect(header.lengths.dtype).toBe('I32');
    expect(header.actions.data_offsets[0] % 2).toBe(0);
  });

  it('reads a file of another program: no checksum, no metadata, data in any order', () => {
    const file = rawFile(
      '{"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      5,
    );
    file.set([7], file.length - 1);
    const { tensors, metadata } = readSafetensors(file);
    expect(tensors.find(({ name }) => name === 'b')?.data[0]).toBe(7);
    expect(metadata.size).toBe(0);
  });

  it('accepts the same tensors in the order of another program', () => {
    const { text, start } = headerOf(
      writeSafetensors({ ...FILE, tensors: FILE.tensors.slice(0, 1) }),
    );
    const header = JSON.parse(text) as Record<string, unknown>;
    const { __metadata__, flags } = header;
    const file = rawFile(JSON.stringify({ flags, __metadata__ }, null, 1), 3);
    file.set([1, 0, 255], file.length - 3);
    expect(readSafetensors(file).tensors).toHaveLength(1);
    expect(start).toBeGreaterThan(8);
  });

  it('refuses duplicate names and shapes that do not fit', () => {
    const [tensor] = FILE.tensors;
    const write = (tensors: Tensor[]) => () => writeSafetensors({ tensors, metadata: new Map() });
    expect(write([tensor, tensor])).toThrow(/"flags" has a name that is taken/);
    expect(write([{ ...tensor, name: '__metadata__' }])).toThrow(/a name that is taken/);
    expect(write([{ ...tensor, dtype: 'F16' }])).toThrow(
      /type F16 but its data are not a Uint16Array/,
    );
    expect(write([{ ...tensor, shape: [2] }])).toThrow(/has 3 values but shape \[2\]/);
  });
});

describe('a corrupt file', () => {
  const tensor = (description: string): string => `{"a":{${description}}}`;
  it.each<[string, Uint8Array, RegExp]>([
    ['too short', new Uint8Array(7), /it has 7 bytes/],
    ['not this format', new TextEncoder().encode('PNG and so on, whatever'), /header should have/],
    ['no JSON', rawFile('{"a":'), /not JSON/],
    ['no text', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe), /not JSON/],
    ['a list', rawFile('[]'), /header is not an object/],
    ['metadata that are a number', rawFile('{"__metadata__":{"x":1}}'), /"x" is not a text/],
    ['metadata that are a list', rawFile('{"__metadata__":[]}'), /metadata are not an object/],
    ['no description', rawFile('{"a":3}'), /"a" has no description/],
    [
      'another type',
      rawFile(tensor('"dtype":"BF16","shape":[1],"data_offsets":[0,2]'), 2),
      /type "BF16", only F32/,
    ],
    [
      'a type of the prototype',
      rawFile(tensor('"dtype":"constructor","shape":[],"data_offsets":[0,0]')),
      /type "constructor"/,
    ],
    ['a bad shape', rawFile(tensor('"dtype":"U8","shape":[-1],"data_offsets":[0,0]')), /bad shape/],
    [
      'bad offsets',
      rawFile(tensor('"dtype":"U8","shape":[1],"data_offsets":[0]'), 1),
      /bad offsets/,
    ],
    [
      'a shape of another size',
      rawFile(tensor('"dtype":"F32","shape":[2],"data_offsets":[0,4]'), 4),
      /has 4 bytes but its shape \[2\] needs 8/,
    ],
    [
      'a huge shape',
      rawFile(tensor('"dtype":"F32","shape":[1e15,1e15],"data_offsets":[0,4]'), 4),
      /needs/,
    ],
    [
      'a gap',
      rawFile(tensor('"dtype":"U8","shape":[1],"data_offsets":[1,2]'), 2),
      /begins at byte 1 of the data instead of 0/,
    ],
    [
      'data missing',
      rawFile(tensor('"dtype":"U8","shape":[9],"data_offsets":[0,9]'), 4),
      /take 9 bytes but 4 follow/,
    ],
    ['data left over', rawFile('{}', 4), /take 0 bytes but 4 follow/],
  ])('is refused: %s', (_what, bytes, message) => {
    expect(() => readSafetensors(bytes, 'a.safetensors')).toThrow(
      expect.objectContaining({
        code: 'corrupt-file',
        message: expect.stringMatching(message),
      }),
    );
    expect(() => readSafetensors(bytes, 'a.safetensors')).toThrow(
      /^a\.safetensors is not .* Download or save it again\.$/s,
    );
  });

  it('is refused wherever it is cut', () => {
    const file = writeSafetensors(FILE);
    for (let length = 0; length < file.length; length++)
      expect(() => readSafetensors(file.subarray(0, length))).toThrow(ForesightError);
  });

  it('is refused when its data have changed', () => {
    const file = writeSafetensors(FILE);
    const { start } = headerOf(file);
    for (let at = start; at < file.length; at++) {
      const flipped = file.slice();
      flipped[at] ^= 1 << (at % 8);
      expect(() => readSafetensors(flipped)).toThrow(/its checksum differs/);
    }
  });

  it('is refused or read as it was, whichever bit of it changes', () => {
    const file = writeSafetensors(FILE);
    const whole = sorted(readSafetensors(file));
    const { start } = headerOf(file);
    for (let at = 0; at < start; at++)
      for (let bit = 0; bit < 8; bit++) {
        const flipped = file.slice();
        flipped[at] ^= 1 << bit;
        let read: TensorFile;
        try {
          read = readSafetensors(flipped);
        } catch (error) {
          expect(error).toBeInstanceOf(ForesightError);
          continue;
        }
        // One bit of the key "checksum" itself: it is now an entry like any other.
        const metadata = new Map([...read.metadata].filter(([key]) => FILE.metadata.has(key)));
        expect(sorted({ ...read, metadata })).toEqual(whole);
      }
  });

  it('of random bytes only ever gives ForesightError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.json(), (bytes, json) => {
        for (const file of [bytes, rawFile(json, 3), rawFile(`{"a":${json}}`, 3)])
          try {
            readSafetensors(file);
          } catch (error) {
            expect(error).toBeInstanceOf(ForesightError);
          }
      }),
    );
  });
});
