import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { parseCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parseConfigFile } from '../model/resolve-config.ts';
import type { ConfigFile } from '../model/resolve-config.ts';
import type { Episode, EpisodeSet } from '../record/episode.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { parseCsvSpec } from '../record/csv-spec.ts';
import { readCsv } from '../record/read-csv.ts';
import { LIMITS } from '../record/limits.ts';
import { readEpisodes } from '../record/read-episodes.ts';
import { requireSameSpec } from '../record/spec.ts';
import { decodeText, kindOfContent, unpackFile } from '../record/unpack-file.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { parseJson } from '../util/parse-json.ts';
import { UsageError } from './usage-error.ts';

/** The bytes of a file. Throws `bad-data` naming the path when it cannot be read. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new ForesightError('bad-data', unreadable(path, error), { cause: error });
  }
}

/** A model file. Throws `corrupt-file`, `wrong-version` or `bad-data`, naming the path. */
export function readModel(path: string): Checkpoint {
  const bytes = readBytes(path);
  return naming(path, () => {
    if (!looksLikeModel(bytes))
      throw new ForesightError(
        'corrupt-file',
        `"${path}" is not a model file. Give a .safetensors file made by foresight train.`,
      );
    return parseCheckpoint(bytes, path);
  });
}

/** Episodes of several files. All files must have the spec of the first one. */
export interface Recordings extends EpisodeSet {
  readonly files: readonly string[];
  /** Number of episodes left out because an earlier file has them too. */
  readonly doubled: number;
}

/** The spec file of CSV recordings; undefined without a path. Throws `bad-spec`, naming the path. */
export function readCsvSpec(path: string | undefined): CsvSpec | undefined {
  if (path === undefined) return undefined;
  return naming(path, () => parseCsvSpec(readJson(path, 'bad-spec')));
}

/** The parsed JSON of a file. Throws `bad-data`, or `code` when it is not JSON, naming the path. */
export function readJson(path: string, code: 'bad-spec' | 'bad-config' | 'bad-data'): unknown {
  const text = new TextDecoder().decode(readBytes(path));
  try {
    return parseJson(text, LIMITS.depth);
  } catch (error) {
    throw new ForesightError(
      code,
      `"${path}" is not JSON: ${messageOf(error)}. Correct it, or leave it out.`,
      { cause: error },
    );
  }
}

/**
 * Reads and merges files of episodes. Throws an error that names the file at fault.
 *
 * @param csv how to read CSV files
 */
export async function readRecordings(paths: readonly string[], csv?: CsvSpec): Promise<Recordings> {
  const sets: EpisodeSet[] = [];
  for (const path of paths) {
    const bytes = readBytes(path);
    if (looksLikeModel(bytes))
      throw new ForesightError(
        'bad-data',
        `"${path}" is a model, not recorded episodes. Give files of episodes here.`,
      );
    const set = await naming(path, () => readFile(bytes, path, csv));
    if (sets.length) requireSameSpec(sets[0].spec, set.spec, `"${path}"`);
    sets.push(set);
  }
  const episodes = new Map<string, Episode>();
  let doubled = 0;
  for (const episode of sets.flatMap((set) => set.episodes)) {
    const key = JSON.stringify([episode.session, episode.id, episode.character, episode.length]);
    if (episodes.has(key)) doubled++;
    else episodes.set(key, episode);
  }
  return { spec: sets[0].spec, episodes: [...episodes.values()], files: paths, doubled };
}

async function readFile(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  csv: CsvSpec | undefined,
): Promise<EpisodeSet> {
  const isNamedCsv = /\.csv(\.gz)?$/i.test(path);
  // The person who runs the command chose the file.
  const options = { limit: LIMITS.unpacked };
  if (!csv && !isNamedCsv) return readEpisodes(bytes, path, options);
  const content = await unpackFile(bytes, path, options);
  // An empty CSV file looks like an empty file of JSON lines.
  const isCsv = kindOfContent(content) === 'other' || (isNamedCsv && content.length === 0);
  if (!isCsv) return readEpisodes(bytes, path, options);
  if (!csv)
    throw new ForesightError(
      'bad-data',
      `"${path}" is a CSV file, and the meaning of its columns is not known. Add --spec file.json, which describes them (see foresight help train).`,
    );
  return readCsv(decodeText(content, path), `"${path}"`, csv);
}

/**
 * Whether the bytes begin like a safetensors file: the length of its header in 8 bytes, and a "{".
 * A truncated file counts too, so that the error can describe what happened to it.
 */
export function looksLikeModel(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || bytes[8] !== 0x7b) return false;
  const header = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return header > 1n && header < 100_000_000n;
}

/** Throws `storage` unless a file can be written at `path`; to be called before hours of work. */
export function requireWritable(path: string): void {
  try {
    const folder = dirname(path);
    accessSync(folder, constants.W_OK);
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new ForesightError('storage', unwritable(path, error), { cause: error });
  }
}

/**
 * Throws UsageError when `out` is one of the input files, unless it may be overwritten.
 *
 * @param force the flag --force; left out by commands that have none
 */
export function requireOtherFile(out: string, inputs: readonly string[], force?: boolean): void {
  if (force || !existsSync(out)) return;
  const same = inputs.find(
    (input) => existsSync(input) && realpathSync(input) === realpathSync(out),
  );
  if (same === undefined) return;
  throw new UsageError(
    `"${out}" is an input file and would be lost. Give another --out${force === undefined ? '' : ', or --force to overwrite it'}.`,
  );
}

/** Writes the whole file or nothing: after a crash the previous file is still there. */
export function writeBytes(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, path);
  } catch (error) {
    removeUnfinished(unfinished);
    throw new ForesightError('storage', unwritable(path, error), { cause: error });
  }
}

/** Removes a file that could not be finished, if it is there. The error that ended it counts, not one of this. */
export function removeUnfinished(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder may be gone, or be none.
  }
}

/** Runs `read` and adds the path to its error. */
function naming<T>(path: string, read: () => T): T {
  const rename = (error: unknown): never => {
    if (!(error instanceof ForesightError) || error.message.includes(path)) throw error;
    throw new ForesightError(error.code, `"${path}": ${error.message}`, { cause: error });
  };
  try {
    const result = read();
    return result instanceof Promise ? (result.catch(rename) as T) : result;
  } catch (error) {
    return rename(error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file or its folder does not exist',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
};

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? messageOf(error);
}

const unreadable = (path: string, error: unknown): string =>
  `"${path}" cannot be read: ${reason(error)}. Check the path; wildcards need at least one match.`;

const unwritable = (path: string, error: unknown): string =>
  `"${path}" cannot be written: ${reason(error)}. Give a path in a folder that exists and can be written.`;

/** A config file. Throws `bad-config`, naming the file. */
export function readConfig(path: string): ConfigFile {
  const json = readJson(path, 'bad-config');
  try {
    return parseConfigFile(json);
  } catch (error) {
    if (!(error instanceof ForesightError)) throw error;
    throw new ForesightError(error.code, `"${path}": ${error.message}`, { cause: error });
  }
}
