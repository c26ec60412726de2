import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { fromFloat16 } from '../../src/model/float16.ts';
import type { ParameterLayout } from '../../src/network/parameters.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import type { Precision } from '../../src/model/quantize.ts';
import { packWeights, PRECISIONS } from '../../src/model/quantize.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import type { Tensor } from '../../src/model/safetensors.ts';
import { weightError } from '../../src/model/weight-error.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

const CHECKPOINT = makeCheckpoint({ embedding: 3 });
const LAYOUT: ParameterLayout = {
  parameters: [
    { name: 'w', shape: [3, 4], offset: 0, length: 12, kind: 'weight' },
    { name: 'b', shape: [3], offset: 12, length: 3, kind: 'bias' },
  ],
  length: 15,
};

const anyWeights = fc.float32Array({
  minLength: 15,
  maxLength: 15,
  noNaN: true,
  noDefaultInfinity: true,
});

const quantized = (precision: Precision): Uint8Array =>
  serializeCheckpoint(CHECKPOINT, { precision });

/** A small file with one tensor changed, or gone. */
function withTensor(
  precision: Precision,
  name: string,
  change: (tensor: Tensor) => Tensor | null,
): Uint8Array {
  const { tensors, metadata } = readSafetensors(quantized(precision));
  return writeSafetensors({
    metadata,
    tensors: tensors
      .map((tensor) => (tensor.name === name ? change(tensor) : tensor))
      .filter((tensor) => tensor !== null),
  });
}

describe('int8', () => {
  it('is off by half a scale at most, whatever the weights, and keeps biases', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const [levels, scales, bias] = packWeights(weights, LAYOUT, 'int8');
        for (let i = 0; i < 12; i++) {
          const scale = scales.data[i >> 2];
          const value = Math.fround(levels.data[i] * scale);
          expect(value).toBe(levels.data[i] * scale);
          expect(Math.abs(weights[i] - value)).toBeLessThanOrEqual(scale / 2);
        }
        expect(bias.data).toEqual(weights.slice(12));
      }),
      { numRuns: 300 },
    );
  });

  it('takes the greatest weight of a row for 127, and a row of zeros for zeros', () => {
    const weights = Float32Array.of(1, -2, 0.5, 0, 0, 0, 0, 0, -1e-30, 1e-31, 0, 0, 1, 2, 3);
    const [levels, scales] = packWeights(weights, LAYOUT, 'int8');
    expect([...levels.data]).toEqual([64, -127, 32, 0, 0, 0, 0, 0, -127, 13, 0, 0]);
    expect(scales).toMatchObject({ name: 'w.scale', shape: [3] });
    expect(scales.data[0]).toBeCloseTo(2 / 127, 6);
  });
});

describe('float16', () => {
  it('keeps the bits of halves, and refuses weights beyond them', () => {
    const weights = new Float32Array(15).fill(0.1);
    const [first] = packWeights(weights, LAYOUT, 'float16');
    expect(first.dtype).toBe('F16');
    expect(fromFloat16(first.data[0])).toBe(0.0999755859375);
    weights[3] = -70000;
    expect(() => packWeights(weights, LAYOUT, 'float16')).toThrow(
      expect.objectContaining({
        code: 'bad-data',
        message: expect.stringMatching(/"w" go beyond 65504.*int8/),
      }),
    );
  });
});

describe('a small checkpoint', () => {
  it.each(PRECISIONS)(
    'in %s gives the same file again, and is the same but for its weights',
    (to) => {
      const file = quantized(to);
      const read = parseCheckpoint(file);
      expect(serializeCheckpoint(read, { precision: to })).toEqual(file);
      expect(read).toEqual({ ...CHECKPOINT, weights: read.weights });
      const { max } = weightError(CHECKPOINT.weights, read.weights, parameterLayout(read.shape));
      expect(max).toBeLessThan({ float32: 1e-30, float16: 2e-3, int8: 2e-2 }[to]);
    },
  );

  it('in int8 gives the same file again for any weights', () => {
    const { length } = CHECKPOINT.weights;
    const weights = fc.float32Array({
      minLength: length,
      maxLength: length,
      noNaN: true,
      min: -1e6,
      max: 1e6,
    });
    fc.assert(
      fc.property(weights, (some) => {
        const file = serializeCheckpoint({ ...CHECKPOINT, weights: some }, { precision: 'int8' });
        expect(serializeCheckpoint(parseCheckpoint(file), { precision: 'int8' })).toEqual(file);
      }),
      { numRuns: 20 },
    );
  });

  it('names its precision, in types that other programs know', () => {
    const { tensors, metadata } = readSafetensors(quantized('int8'));
    expect([metadata.get('precision'), metadata.get('version')]).toEqual(['int8', '2']);
    const find = (name: string) => tensors.find((tensor) => tensor.name === name);
    expect(find('lstm.weight_hh_l0')?.data).toBeInstanceOf(Int8Array);
    expect(find('lstm.weight_hh_l0.scale')?.shape).toEqual([24]);
    expect(new TextDecoder().decode(quantized('float16'))).toMatch(
      /"lstm.bias_ih_l0":\{"dtype":"F16"/,
    );
    expect(readSafetensors(serializeCheckpoint(CHECKPOINT)).metadata.get('precision')).toBe(
      undefined,
    );
  });

  const NAME = 'lstm.weight_hh_l0';
  const scales = (value: number) => (tensor: Tensor) => ({
    ...tensor,
    data: Float32Array.from(tensor.data).fill(value, 3, 4),
  });
  it.each<[string, Precision, string, (tensor: Tensor) => Tensor | null, RegExp]>([
    ['no scales', 'int8', `${NAME}.scale`, () => null, /"lstm.weight_hh_l0.scale" is missing/],
    ['a scale of NaN', 'int8', `${NAME}.scale`, scales(NaN), /not positive numbers/],
    ['a scale of 0', 'int8', `${NAME}.scale`, scales(0), /not positive numbers/],
    ['scales that overflow', 'int8', `${NAME}.scale`, scales(3e38), /not finite/],
    [
      'scales of another size',
      'int8',
      `${NAME}.scale`,
      (tensor) => ({ ...tensor, shape: [12], data: new Float32Array(12).fill(1) }),
      /has shape \[12\] instead of \[24\]/,
    ],
    [
      'scales of another type',
      'int8',
      `${NAME}.scale`,
      (tensor) => ({ ...tensor, data: new Int32Array(24) }),
      /not of type F32/,
    ],
    [
      'levels of -128',
      'int8',
      NAME,
      (tensor) => ({ ...tensor, data: new Int8Array(144).fill(-128) }),
      /outside -127 to 127/,
    ],
    [
      'levels of another type',
      'int8',
      NAME,
      (tensor) => ({ ...tensor, data: new Uint8Array(144) }),
      /not of type I8/,
    ],
    ['no levels', 'int8', NAME, () => null, /"lstm.weight_hh_l0" is missing/],
    [
      'halves that are infinite',
      'float16',
      NAME,
      (tensor) => ({ ...tensor, data: new Uint16Array(144).fill(0x7c00) }),
      /not finite/,
    ],
    [
      'halves of another type',
      'float16',
      NAME,
      ({ name, shape, data }) => ({ name, shape, data }),
      /not of type F16/,
    ],
  ])('is refused with %s', (_what, precision, name, change, message) => {
    const read = () => parseCheckpoint(withTensor(precision, name, change), 'small');
    expect(read).toThrow(expect.objectContaining({ code: 'corrupt-file' }));
    expect(read).toThrow(message);
  });

  it.each([
    ['int4', /"precision" is unknown/],
    ['float16', /not of type F16/],
  ])('is refused when its precision is %s', (precision, message) => {
    const { tensors, metadata } = readSafetensors(quantized('int8'));
    const file = writeSafetensors({
      tensors,
      metadata: new Map([...metadata, ['precision', precision]]),
    });
    expect(() => parseCheckpoint(file)).toThrow(message);
  });
});
