import { specHash } from '../../src/record/spec.ts';
import type { Rng } from '../../src/util/rng.ts';
import { fileOf, withChecksum } from '../record/binary-files.ts';
import { mutateJson } from './mutate-json.ts';
import type { ReaderName } from './readers.ts';

const METADATA = '__metadata__';
const encoder = new TextEncoder();
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** How often bytes are changed blindly, so that checksums and lengths are wrong. */
const BLIND = 0.15;

/**
 * A changed copy of a file. Most changes know the format: they change values inside of its JSON and its data and
 * make lengths, hashes and checksums right again, so that the input passes the first checks.
 */
export function mutate(reader: ReaderName, file: Uint8Array, rng: Rng): Uint8Array {
  if (rng.next() < BLIND) return mutateBytes(file, rng);
  try {
    switch (reader) {
      case 'binary':
        return mutateBinary(file, rng);
      case 'json-lines':
        return mutateLines(file, rng);
      case 'checkpoint':
      case 'safetensors':
        return mutateTensors(file, rng);
      case 'csv':
        return mutateCells(file, rng);
      case 'parquet':
        return mutateParquet(file, rng);
      case 'csv-spec':
      case 'config':
        return encoder.encode(JSON.stringify(mutateJson(JSON.parse(textOf(file)), rng)));
      default:
        return reader satisfies never;
    }
  } catch {
    // An earlier change left nothing that can be taken apart.
    return mutateBytes(file, rng);
  }
}

const ODD_FLOATS = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  7,
  1e9,
  3e38,
  -3e38,
  1e-40,
  2 ** 24,
  0.5,
];
const ODD_BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2c, 0x0a, 0x5b, 0x7b];

function mutateBytes(file: Uint8Array, rng: Rng): Uint8Array {
  let bytes = [...file];
  for (let i = 1 + rng.int(4); i > 0; i--) {
    const at = rng.int(bytes.length);
    const length = 1 + rng.int(16);
    const kind = rng.int(5);
    if (kind === 0) bytes[at] ^= 1 << rng.int(8);
    else if (kind === 1) bytes[at] = ODD_BYTES[rng.int(ODD_BYTES.length)];
    else if (kind === 2) bytes.splice(at, length);
    else if (kind === 3) bytes.splice(at, 0, ...bytes.slice(at, at + length));
    else bytes = bytes.slice(0, at + 1);
  }
  return Uint8Array.from(bytes);
}

/** Numbers of the data replaced by odd ones. */
function mutateData(data: Uint8Array, rng: Rng): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(data);
  const view = new DataView(changed.buffer);
  for (let i = rng.int(3); i > 0 && changed.length >= 4; i--) {
    const at = 4 * rng.int(changed.length >> 2);
    if (rng.next() < 0.6) view.setFloat32(at, ODD_FLOATS[rng.int(ODD_FLOATS.length)], true);
    else changed[at + rng.int(4)] = rng.int(256);
  }
  return changed;
}

function mutateBinary(file: Uint8Array, rng: Rng): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const dataAt = 24 + view.getUint32(12, true);
  const header: unknown = JSON.parse(textOf(file.subarray(24, dataAt)));
  const data = file.subarray(dataAt, -4);
  if (rng.next() < 0.5) return fileOf(header, mutateData(data, rng));
  if (rng.next() < 0.1) return withChecksum(mutateBytes(file, rng));
  return fileOf(mutateJson(header, rng), mutateData(data, rng));
}

function mutateLines(file: Uint8Array, rng: Rng): Uint8Array {
  const lines = textOf(file).split('\n');
  const at = rng.next() < 0.3 ? 0 : rng.int(lines.length);
  if (rng.next() < 0.05) lines.splice(at, rng.int(2), lines[rng.int(lines.length)]);
  else lines[at] = JSON.stringify(mutateJson(JSON.parse(lines[at]), rng));
  return encoder.encode(lines.join('\n'));
}

function mutateCells(file: Uint8Array, rng: Rng): Uint8Array {
  const rows = textOf(file)
    .split('\n')
    .map((row) => row.split(','));
  const row = rows[rng.int(rows.length)];
  const odd = [
    '',
    'nan',
    '"',
    '""',
    '-1',
    '1e300',
    '1e9',
    '0x10',
    'true',
    'Hall',
    ' left',
    '1e999',
    '\u0000',
  ];
  if (rng.next() < 0.1) rows.splice(rng.int(rows.length), rng.int(2), row);
  else if (rng.next() < 0.05) row.splice(rng.int(row.length), rng.int(2), 'x');
  else row[rng.int(row.length)] = odd[rng.int(odd.length)];
  return encoder.encode(rows.map((cells) => cells.join(',')).join('\n'));
}

function mutateTensors(file: Uint8Array, rng: Rng): Uint8Array {
  const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const before = JSON.parse(textOf(file.subarray(8, start))) as Record<string, unknown>;
  const isData = rng.next() < 0.3;
  const header = (isData ? before : mutateJson(before, rng)) as typeof before;
  const metadata = header[METADATA] as Record<string, string>;
  // A file without a checksum is valid.
  delete metadata.checksum;
  if (typeof metadata.spec === 'string') metadata.specHash = specHash(JSON.parse(metadata.spec));
  const json = encoder.encode(JSON.stringify(header));
  const data = mutateData(file.subarray(start), rng);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** Parquet has no checksums: bytes are replaced where they are, half of the time in the schema and its offsets. */
function mutateParquet(file: Uint8Array, rng: Rng): Uint8Array {
  const bytes = new Uint8Array(file);
  const end = bytes.length - 8;
  const footer = new DataView(bytes.buffer).getUint32(end, true);
  const [from, to] = rng.next() < 0.5 ? [Math.max(4, end - footer), end] : [4, end];
  for (let i = 1 + rng.int(3); i > 0; i--) {
    const at = from + rng.int(to - from);
    const kind = rng.int(4);
    if (kind === 0) bytes[at] ^= 1 << rng.int(8);
    else if (kind === 1) bytes[at] = ODD_BYTES[rng.int(ODD_BYTES.length)];
    else if (kind === 2) bytes[at] = rng.int(256);
    // A number in few bytes that is continued becomes a large one.
    else bytes[at] |= 0x80;
  }
  return bytes;
}
