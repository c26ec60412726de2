import { ForesightError } from '../util/error.ts';
import { FLOAT16_MAX, fromFloat16, toFloat16 } from './float16.ts';
import type { Parameter, ParameterLayout } from '../network/parameters.ts';
import type { Tensor } from './safetensors.ts';

/** How a file stores weights. A network always computes in float32. */
export const PRECISIONS = ['float32', 'float16', 'int8'] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * Largest size of a weight. Trained ones stay below 1000; the sums of a network overflow from about 1e12 on, and
 * its first prediction would be NaN.
 */
export const MAX_WEIGHT = 1e6;

export const isWeight = (value: number): boolean => Math.abs(value) <= MAX_WEIGHT;

/** Name of the tensor with the scale of each row of an I8 tensor. */
export const scaleName = (name: string): string => `${name}.scale`;

/** The greatest of the 255 levels from -127 to 127; -128 is not used. */
const LEVELS = 127;
/** The least scale is the smallest normal number: below it, products would lose bits. */
const LEAST_SCALE = 2 ** -126;

/**
 * The flat weights as tensors:
 *
 * - `float32` as they are;
 * - `float16` all as the nearest half-precision numbers, so each is off by at most 2^-11 of itself (below
 *   6e-5, by 3e-8). Throws `bad-data` for a weight above 65504;
 * - `int8` each matrix as whole numbers q from -127 to 127 and a scale s for each row: w is near q * s
 *   and off by at most s / 2, where s is the row's greatest |w| over 127 (symmetric quantization of
 *   each output: Jacob et al. 2018, eq. 1 with zero point 0; Krishnamoorthi 2018, section 3). s is cut
 *   to 17 significant bits: then q * s is exact, and quantizing what was read gives the same file.
 *   Biases, a few in a hundred of the weights, stay float32.
 */
export function packWeights(
  weights: Float32Array,
  { parameters }: ParameterLayout,
  precision: Precision,
): Tensor[] {
  return parameters.flatMap(({ name, shape, offset, length, kind }): Tensor[] => {
    const data = weights.subarray(offset, offset + length);
    switch (precision) {
      case 'float32':
        return [{ name, shape, data }];
      case 'float16':
        return [{ name, shape, data: halves(data, name), dtype: 'F16' }];
      case 'int8': {
        if (kind === 'bias') return [{ name, shape, data }];
        const { levels, scales } = quantizeRows(data, shape[0]);
        return [
          { name, shape, data: levels },
          { name: scaleName(name), shape: [shape[0]], data: scales },
        ];
      }
      default:
        return precision satisfies never;
    }
  });
}

/**
 * The inverse of `packWeights`: a parameter's float32 numbers. Calls `wrong` for tensors that it cannot
 * have made.
 */
export function unpackWeights(
  tensors: ReadonlyMap<string, Tensor>,
  { name, shape, kind }: Parameter,
  precision: Precision,
  wrong: (what: string) => never,
): Float32Array {
  const what = `tensor "${name}"`;
  const tensor = tensors.get(name);
  if (!tensor) return wrong(`${what} is missing`);
  const read = (): Float32Array => {
    const { data, dtype } = tensor;
    if (precision === 'float16') {
      if (dtype !== 'F16') return wrong(`${what} is not of type F16`);
      return Float32Array.from(data, fromFloat16);
    }
    if (precision === 'float32' || kind === 'bias')
      return data instanceof Float32Array ? data : wrong(`${what} is not of type F32`);
    if (!(data instanceof Int8Array)) return wrong(`${what} is not of type I8`);
    if (data.includes(-128)) wrong(`${what} has values outside -127 to 127`);
    const scales = readScales(tensors, name, shape[0], wrong);
    const columns = data.length / (shape[0] || 1);
    return Float32Array.from(data, (level, i) => level * scales[Math.floor(i / columns)]);
  };
  if (tensor.shape.join() !== shape.join())
    return wrong(`${what} has shape [${tensor.shape}] instead of [${shape}]`);
  const values = read();
  return values.every(isWeight)
    ? values
    : wrong(`${what} has values that are not finite or above ${MAX_WEIGHT}`);
}

function readScales(
  tensors: ReadonlyMap<string, Tensor>,
  name: string,
  rows: number,
  wrong: (what: string) => never,
): Float32Array {
  const what = `tensor "${scaleName(name)}"`;
  const tensor = tensors.get(scaleName(name));
  if (!tensor) return wrong(`${what} is missing`);
  const { data, shape } = tensor;
  if (!(data instanceof Float32Array)) return wrong(`${what} is not of type F32`);
  if (shape.join() !== String(rows))
    return wrong(`${what} has shape [${shape}] instead of [${rows}]`);
  if (!data.every((scale) => scale > 0 && Number.isFinite(scale)))
    return wrong(`${what} has scales that are not positive numbers`);
  return data;
}

function halves(data: Float32Array, name: string): Uint16Array {
  if (!data.every((weight) => Math.abs(weight) <= FLOAT16_MAX))
    throw new ForesightError(
      'bad-data',
      `Weights "${name}" go beyond ${FLOAT16_MAX}, the greatest number of float16. Quantize to int8.`,
    );
  return Uint16Array.from(data, toFloat16);
}

/** Levels [rows, columns] and the scale of each row [rows]. */
function quantizeRows(
  data: Float32Array,
  rows: number,
): { levels: Int8Array; scales: Float32Array } {
  const columns = data.length / (rows || 1);
  const levels = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [row * columns, (row + 1) * columns];
    let greatest = 0;
    for (let i = start; i < end; i++) greatest = Math.max(greatest, Math.abs(data[i]));
    scales[row] = Math.max(greatest / LEVELS, LEAST_SCALE);
    cutToExact(scales, row);
    // Where the cut made the scale smaller, the greatest weight still rounds to 127.
    for (let i = start; i < end; i++) levels[i] = Math.round(data[i] / scales[row]);
  }
  return { levels, scales };
}

/** Clears the last 7 of the 24 significant bits. */
function cutToExact(scales: Float32Array, row: number): void {
  new Uint32Array(scales.buffer, scales.byteOffset)[row] &= ~0x7f;
}
