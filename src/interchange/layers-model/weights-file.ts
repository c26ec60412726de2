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
  const arrays = new Map<string, NamedWeights>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of manifest.flatMap(({ weights }) => weights)) {
    if (dtype !== 'float32' || quantization)
      throw new ForesightError(
        'bad-data',
        `Weights "${name}" are ${quantization ? 'quantized' : dtype}. Save the model with float32 weights.`,
      );
    const length = shape.reduce((a, b) => a * b, 1);
    const end = at + 4 * length;
    // A copy, because the bytes may begin anywhere.
    arrays.set(name, { name, shape, data: new Float32Array(bytes.slice(at, end).buffer) });
    at = end;
  }
  if (at !== bytes.length)
    throw new ForesightError(
      'corrupt-file',
      `The weights take ${at.toLocaleString('en')} bytes, but the files have ${bytes.length.toLocaleString('en')}. Give all files of "weightsManifest", in its order.`,
    );
  return arrays;
}
