import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import { parseCsvSpec } from '../../src/record/csv-spec.ts';
import type { EpisodeSet } from '../../src/record/episode.ts';
import { readJsonLines, writeJsonLines } from '../../src/record/json-lines.ts';
import { readCsv } from '../../src/record/read-csv.ts';
import { decodeText } from '../../src/record/unpack-file.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { parseConfigFile } from '../../src/model/resolve-config.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { columnsOf } from '../../src/record/columns.ts';
import { LIMITS } from '../../src/record/limits.ts';
import { ForesightError, messageOf } from '../../src/util/error.ts';
import { parseJson } from '../../src/util/parse-json.ts';
import { parquetAgain, readParquet } from './read-parquet.ts';
import { CSV_SPEC } from './seeds.ts';

/** A reader of files of anyone. */
export interface FuzzedReader {
  readonly name: ReaderName;
  /** Reads the bytes, and throws only ForesightError. Returns what a second reading of what it wrote must equal. */
  read(bytes: Uint8Array): Reading | Promise<Reading>;
  /** What it may take in place of the usual, where it needs files and a thread. */
  readonly slow?: { readonly ms: number; readonly bytes: number };
}

export type ReaderName =
  | 'binary'
  | 'json-lines'
  | 'csv'
  | 'csv-spec'
  | 'checkpoint'
  | 'safetensors'
  | 'config'
  | 'parquet';

/** What was read, as text, and what remains of it when it is written and read again. */
export interface Reading {
  readonly first: string;
  again(): string | Promise<string>;
}

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Equal for equal values, whatever the order of keys and the bits of NaN. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (ArrayBuffer.isView(inner)) return Array.from(inner as Uint8Array, numberText).join();
    if (inner instanceof Map) return [...inner];
    if (typeof inner === 'number' && !Number.isFinite(inner)) return String(inner);
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
  });

/** Both formats must hold it. */
const setReading = (set: EpisodeSet): Reading => ({
  first: textOf(set),
  again: () => textOf(decodeEpisodes(encodeEpisodes(readJsonLines(writeJsonLines(set))))),
});

const csv = parseCsvSpec(CSV_SPEC);

/** As the command reads it. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = decodeText(bytes, 'file');
  try {
    return parseJson(text, LIMITS.depth);
  } catch (error) {
    throw new ForesightError('bad-data', `It is not JSON: ${messageOf(error)}. Correct it.`);
  }
}

/** Throws `diverged` when a usable checkpoint cannot predict from values that a game may give. */
function predict(checkpoint: Checkpoint): void {
  const predictor = createPredictor(checkpoint);
  const width = columnsOf(checkpoint.spec).length;
  for (const [tick, value] of [3e38, -3e38, NaN, 0, 1].entries())
    predictor.observe('hero', {
      tick,
      action: tick % 2,
      values: new Float32Array(width).fill(value),
    });
}

export const READERS: readonly FuzzedReader[] = [
  { name: 'binary', read: (bytes) => setReading(decodeEpisodes(bytes)) },
  {
    name: 'json-lines',
    read: (bytes) => setReading(readJsonLines(decodeText(bytes, 'file'))),
  },
  { name: 'csv', read: (bytes) => setReading(readCsv(decodeText(bytes, 'file'), 'file', csv)) },
  {
    name: 'csv-spec',
    read: (bytes) => {
      const spec = parseCsvSpec(jsonOf(bytes));
      return { first: textOf(spec), again: () => textOf(spec) };
    },
  },
  {
    name: 'checkpoint',
    read: (bytes) => {
      const checkpoint = parseCheckpoint(bytes);
      return {
        first: textOf(checkpoint),
        again: () => {
          predict(checkpoint);
          return textOf(parseCheckpoint(serializeCheckpoint(checkpoint)));
        },
      };
    },
  },
  {
    name: 'safetensors',
    read: (bytes) => {
      const file = readSafetensors(bytes);
      const sorted = ({ tensors, metadata }: typeof file): string =>
        textOf([[...tensors].sort((a, b) => (a.name < b.name ? -1 : 1)), [...metadata].sort()]);
      return {
        first: sorted(file),
        again: () => sorted(readSafetensors(writeSafetensors(file))),
      };
    },
  },
  {
    name: 'config',
    read: (bytes) => {
      const config = parseConfigFile(jsonOf(bytes));
      return { first: textOf(config), again: () => textOf(parseConfigFile(config)) };
    },
  },
  {
    name: 'parquet',
    read: async (bytes) => {
      const set = await readParquet(bytes);
      const others = setReading(set);
      return {
        first: others.first,
        again: async () => {
          const parquet = textOf(await parquetAgain(set));
          return parquet === others.first ? others.again() : parquet;
        },
      };
    },
    // The thread that reads may be given up and started again, and its lists may have a gigabyte.
    slow: { ms: 20_000, bytes: 1.5 * 2 ** 30 },
  },
];

/** Of a slow reader for one input of another. */
const SLOW_SHARE = 1 / 20;

/** How many of these inputs a reader gets: the quick ones share them, and slow ones get a few more. */
export function inputsOf(
  reader: FuzzedReader,
  inputs: number,
  readers: readonly FuzzedReader[] = READERS,
): number {
  const quick = readers.filter(({ slow }) => !slow).length;
  return Math.ceil(quick ? (inputs / quick) * (reader.slow ? SLOW_SHARE : 1) : inputs);
}
