import { ForesightError } from '../../util/error.ts';

/** A named array of 32-bit floats, row-major. */
export interface NamedWeights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Where the arrays are in the files of weights, which follow each other; as in a model.json. */
export interface WeightsGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightsEntry[];
}

export interface WeightsEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: unknown;
}

/** The arrays one after the other, little-endian. */
export function packArrays(arrays: readonly NamedWeights[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(arrays.reduce((length, { data }) => length + data.byteLength, 0));
  let at = 0;
  for (const { data } of arrays) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** The arrays in the bytes of all files of weights. Throws `bad-data` for another type and `corrupt-file` for another length. */
export function unpackArrays(
  manifest: readonly WeightsGroup[],
  bytes: Uint8Array,
): ReadonlyMap<string, NamedWeights> {
  const entries = manifest.flatMap(({ weights }) => weights);
  const total = entries.reduce((sum, { shape }) => sum + 4 * lengthOf(shape), 0);
  for (const { name, dtype, quantization } of entries)
    if (dtype !== 'float32' || quantization)
      throw new ForesightError(
        'bad-data',
        `Weights "${name}" are ${quantization ? 'quantized' : dtype}. Save the model with float32 weights.`,
      );
  if (total !== bytes.length)
    throw new ForesightError(
      'corrupt-file',
      `The weights take ${total.toLocaleString('en')} bytes, but the files have ${bytes.length.toLocaleString('en')}. Give all files of "weightsManifest", in its order.`,
    );
  const arrays = new Map<string, NamedWeights>();
  let at = 0;
  for (const { name, shape } of entries) {
    const end = at + 4 * lengthOf(shape);
    // A copy, because the bytes may begin anywhere in their buffer.
    const copy = new Uint8Array(bytes.subarray(at, end));
    arrays.set(name, { name, shape, data: new Float32Array(copy.buffer) });
    at = end;
  }
  return arrays;
}

const lengthOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
