import { crc32 } from '../util/crc32.ts';
import { ForesightError } from '../util/error.ts';
import { canonicalJson } from '../util/hash.ts';
import { parseJson } from '../util/parse-json.ts';
import { LIMITS } from '../record/limits.ts';

/** F32, U8, I8, U16 and I32 in the file. */
export type TensorData = Float32Array | Uint8Array | Int8Array | Uint16Array | Int32Array;

/** A named array; `data` is row-major and as long as the product of `shape`. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
  /** F16: the data are the bits of half-precision numbers, a Uint16Array (see `float16.ts`). */
  readonly dtype?: 'F16';
}

/** The content of a safetensors file. */
export interface TensorFile {
  readonly tensors: readonly Tensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Metadata key of the CRC-32 over names, shapes, data and the other metadata, in hexadecimal. */
export const CHECKSUM_KEY = 'checksum';

const DTYPES = {
  F32: Float32Array,
  I32: Int32Array,
  F16: Uint16Array,
  U16: Uint16Array,
  U8: Uint8Array,
  I8: Int8Array,
} as const;
type Dtype = keyof typeof DTYPES;

const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

/**
 * Writes a safetensors file (https://github.com/huggingface/safetensors#format): 8 bytes of header
 * length, little-endian; a JSON header padded with spaces to 8 bytes; the data without gaps, wider
 * elements first so that each tensor is aligned. Adds a checksum to the metadata. The same input
 * gives the same bytes. Throws `bad-data` for duplicate names and for shapes that do not fit the data.
 */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  checkTensors(tensors);
  const noted = new Map(metadata);
  noted.set(CHECKSUM_KEY, checksum({ tensors, metadata }));
  const ordered = [...tensors].sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const entries: [string, unknown][] = [[METADATA, Object.fromEntries(noted)]];
  let end = 0;
  for (const tensor of ordered) {
    const { name, shape, data } = tensor;
    entries.push([
      name,
      { dtype: dtypeOf(tensor), shape, data_offsets: [end, end + data.byteLength] },
    ]);
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const start = LENGTH_BYTES + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  file.fill(0x20, LENGTH_BYTES, start);
  file.set(json, LENGTH_BYTES);
  let at = start;
  for (const { data } of ordered) {
    file.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return file;
}

/**
 * Reads a safetensors file of F32, F16, I32, U16, U8 and I8 tensors; the data are copied. Everything in
 * it is checked, also the checksum if there is one (files from other programs have none). Whatever the
 * bytes, this either succeeds or throws `corrupt-file`, which states what is wrong with `name`.
 */
export function readSafetensors(bytes: Uint8Array, name = 'The file'): TensorFile {
  const fail: Fail = (what, cause) => {
    throw new ForesightError(
      'corrupt-file',
      `${name} is not a whole safetensors file: ${what}. Download or save it again.`,
      { cause },
    );
  };
  if (bytes.length < LENGTH_BYTES) fail(`it has ${bytes.length} bytes, too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(bytes.length - LENGTH_BYTES))
    fail(`its header should have ${length} bytes but ${bytes.length - LENGTH_BYTES} are left`);
  const start = LENGTH_BYTES + Number(length);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, start), fail);
  const metadata = readMetadata(header[METADATA], fail);
  const places = Object.entries(header)
    .filter(([key]) => key !== METADATA)
    .map(([key, entry]) => readPlace(key, entry, fail));
  checkCoverage(places, bytes.length - start, fail);
  const tensors = places.map(({ name: tensor, dtype, shape, begin, end }): Tensor => {
    const copy = new Uint8Array(end - begin);
    copy.set(bytes.subarray(start + begin, start + end));
    const data = new DTYPES[dtype](copy.buffer);
    return { name: tensor, shape, data, ...(dtype === 'F16' && { dtype }) };
  });
  const expected = metadata.get(CHECKSUM_KEY);
  metadata.delete(CHECKSUM_KEY);
  if (expected !== undefined && expected !== checksum({ tensors, metadata }))
    fail('its checksum differs, so some bytes have changed');
  return { tensors, metadata };
}

type Fail = (what: string, cause?: unknown) => never;

/** Where a tensor is in the data. */
interface Place {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readHeader(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = parseJson(text, LIMITS.depth);
  } catch (cause) {
    fail('its header is not JSON', cause);
  }
  return isObject(header) ? header : fail('its header is not an object');
}

function readMetadata(value: unknown, fail: Fail): Map<string, string> {
  if (value === undefined) return new Map();
  if (!isObject(value)) return fail('its metadata are not an object');
  return new Map(
    Object.entries(value).map(([key, text]) =>
      typeof text === 'string' ? [key, text] : fail(`metadata "${key}" is not a text`),
    ),
  );
}

function readPlace(name: string, entry: unknown, fail: Fail): Place {
  if (!isObject(entry)) return fail(`tensor "${name}" has no description`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    return fail(
      `tensor "${name}" has type ${JSON.stringify(dtype)}, only ${Object.keys(DTYPES).join(', ')} can be read`,
    );
  if (!Array.isArray(shape) || !shape.every(isCount))
    return fail(`tensor "${name}" has a bad shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return fail(`tensor "${name}" has bad offsets`);
  const [begin, end] = offsets as [number, number];
  const type = dtype as Dtype;
  const size = shape.reduce((a: number, b: number) => a * b, 1) * DTYPES[type].BYTES_PER_ELEMENT;
  if (end - begin !== size)
    fail(`tensor "${name}" has ${end - begin} bytes but its shape [${shape}] needs ${size}`);
  return { name, dtype: type, shape, begin, end };
}

/** The tensors must follow each other without gap or overlap, up to the end of the file. */
function checkCoverage(places: readonly Place[], length: number, fail: Fail): void {
  let at = 0;
  for (const { name, begin, end } of [...places].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== at) fail(`tensor "${name}" begins at byte ${begin} of the data instead of ${at}`);
    at = end;
  }
  if (at !== length) fail(`its tensors take ${at} bytes but ${length} follow the header`);
}

function checkTensors(tensors: readonly Tensor[]): void {
  const names = new Set<string>();
  for (const { name, shape, data, dtype } of tensors) {
    const fail = (what: string): never => {
      throw new ForesightError('bad-data', `Tensor "${name}" ${what}`);
    };
    if (names.has(name) || name === METADATA)
      fail('has a name that is taken. Give each tensor its own name.');
    names.add(name);
    if (shape.reduce((a, b) => a * b, 1) !== data.length)
      fail(
        `has ${data.length} values but shape [${shape.join(', ')}]. Give the shape of its data.`,
      );
    if (dtype && !(data instanceof Uint16Array))
      fail('is of type F16 but its data are not a Uint16Array. Give the bits of its numbers.');
  }
}

function dtypeOf({ data, dtype }: Tensor): Dtype {
  if (dtype) return dtype;
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof Int8Array) return 'I8';
  return data instanceof Uint16Array ? 'U16' : 'U8';
}

const bytesOf = (data: TensorData): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Does not depend on the order of tensors or keys, so other programs may rewrite the file in another order. */
function checksum({ tensors, metadata }: TensorFile): string {
  const byName = [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
  const text = canonicalJson([
    [...metadata].filter(([key]) => key !== CHECKSUM_KEY).sort(([a], [b]) => (a < b ? -1 : 1)),
    byName.map((tensor) => [tensor.name, dtypeOf(tensor), tensor.shape]),
  ]);
  let crc = crc32(new TextEncoder().encode(text));
  for (const { data } of byName) crc = crc32(bytesOf(data), crc);
  return crc.toString(16).padStart(8, '0');
}
