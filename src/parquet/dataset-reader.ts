import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { DeclaredEpisode } from '../record/binary-format.ts';
import { checkEpisode } from '../record/check-set.ts';
import { columnsOf } from '../record/columns.ts';
import { EpisodeBuffer } from '../record/episode-buffer.ts';
import { headerFault, headerOf } from '../record/episode-header.ts';
import type { Episode, EpisodeHeader } from '../record/episode.ts';
import { LIMITS } from '../record/limits.ts';
import { checkSpec } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { parseJson } from '../util/parse-json.ts';
import { infoSchema } from './info.ts';
import { DEADLINE_MS, GuardedTable } from './guarded-table.ts';
import type { Cell } from './parquet-table.ts';
import { readSteps } from './read-steps.ts';

/** An exported folder: what its episodes are, and then their steps, one episode at a time. */
export interface Dataset {
  readonly spec: CharacterSpec;
  /** In the order of the steps. */
  readonly episodes: readonly DeclaredEpisode[];
  /** Reads the steps. Throws `corrupt-file`, naming the file. */
  read(): AsyncGenerator<Episode>;
}

export interface OpenDatasetOptions {
  /** Milliseconds that reading a part of a file may take; a file made on purpose would take for ever. */
  readonly deadlineMs?: number;
}

/**
 * Opens a folder of `DatasetWriter`, or one with the same columns that another program wrote: needed are
 * meta/info.json with the `spec`, and data files with episode_index, session, character, tick or timestamp, action and
 * the observations. Without files of episodes each one is named by its index, and ends with its last step.
 *
 * Throws `bad-data` for another folder, `corrupt-file` for a file that is missing, has changed or does not fit.
 */
export async function openDataset(
  root: string,
  { deadlineMs = DEADLINE_MS }: OpenDatasetOptions = {},
): Promise<Dataset> {
  const { spec, files } = readInfo(root);
  for (const { path, bytes, sha256 } of files ?? []) await checkFile(root, path, bytes, sha256);
  const data = filesIn(root, 'data');
  const described = filesIn(root, 'meta/episodes');
  const episodes = described.length
    ? await readEpisodeRows(described, deadlineMs)
    : await findEpisodes(data, spec, deadlineMs);
  return { spec, episodes, read: () => readAll(data, spec, { episodes, deadlineMs }) };
}

function readInfo(root: string): v.InferOutput<typeof infoSchema> {
  const path = join(root, 'meta/info.json');
  if (!existsSync(path))
    throw new ForesightError(
      'bad-data',
      `"${root}" has no meta/info.json, so it is no exported folder, or its export was not finished. Export it again.`,
    );
  const fail = (what: string, cause?: unknown): never => {
    throw new ForesightError(
      'corrupt-file',
      `"${path}" does not describe episodes: ${what}. Export it again, or correct it.`,
      { cause },
    );
  };
  let json: unknown;
  try {
    json = parseJson(readFileSync(path, 'utf8'), LIMITS.depth);
  } catch (error) {
    fail(messageOf(error), error);
  }
  const { success, output, issues } = v.safeParse(infoSchema, json, { abortEarly: true });
  if (!success) return fail(`${v.getDotPath(issues[0]) ?? 'it'}: ${issues[0].message}`);
  try {
    checkSpec(output.spec);
  } catch (error) {
    fail(messageOf(error), error);
  }
  return output;
}

async function checkFile(root: string, path: string, bytes: number, sha256: string): Promise<void> {
  const full = join(root, path);
  const fail = (what: string): never => {
    throw new ForesightError('corrupt-file', `"${full}" ${what}. Copy or export the folder again.`);
  };
  if (path.split(/[\\/]/).includes('..')) fail('is outside of its folder');
  if (!existsSync(full)) fail('is missing');
  const found = statSync(full).size;
  if (found !== bytes) fail(`has ${found} bytes instead of ${bytes}`);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(full)) hash.update(piece as Uint8Array);
  if (hash.digest('hex') !== sha256) fail('has another checksum, so some bytes have changed');
}

/** The Parquet files in a folder and below, by name. */
function filesIn(root: string, kind: string): string[] {
  const folder = join(root, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => join(folder, name));
}

async function readEpisodeRows(
  paths: readonly string[],
  deadlineMs: number,
): Promise<DeclaredEpisode[]> {
  const episodes: DeclaredEpisode[] = [];
  for (const path of paths) {
    const table = await GuardedTable.open(path, deadlineMs);
    try {
      for (const range of table.ranges()) {
        const read = (column: string): Promise<Cell[]> => table.read(column, range);
        const columns = {
          id: await read('episode_id'),
          session: await read('session'),
          character: await read('character'),
          end: await read('end'),
          endTick: await read('end_tick'),
          learn: await read('learn'),
          meta: await read('meta'),
        };
        const lengths = await read('length');
        lengths.forEach((length, row) => {
          const header = {
            id: columns.id[row],
            session: columns.session[row],
            character: columns.character[row],
            end: columns.end[row],
            endTick: Number(columns.endTick[row]),
            learn: columns.learn[row],
            meta: parsedMeta(columns.meta[row]),
          };
          const fault = headerFault(header);
          if (fault !== null || !Number.isSafeInteger(Number(length)))
            throw new ForesightError(
              'corrupt-file',
              `"${path}", row ${range.from + row}, is not an episode: ${fault ?? 'its length is not a whole number'}. Correct it, or export it again.`,
            );
          const episode = headerOf(header as unknown as EpisodeHeader);
          episodes.push({ ...episode, length: Number(length) });
        });
      }
    } finally {
      table.close();
    }
  }
  return episodes;
}

/** Undefined, which no header has, for a text that is not JSON. */
function parsedMeta(cell: Cell): unknown {
  if (cell === null) return {};
  try {
    return parseJson(String(cell), LIMITS.depth);
  } catch {
    return undefined;
  }
}

/** Episodes of data files alone. */
async function findEpisodes(
  paths: readonly string[],
  spec: CharacterSpec,
  deadlineMs: number,
): Promise<DeclaredEpisode[]> {
  const episodes = new Map<number, DeclaredEpisode>();
  for await (const { index, session, character, steps } of readSteps(paths, spec, {
    observations: false,
    deadlineMs,
  })) {
    const before = episodes.get(index)?.length ?? 0;
    episodes.set(index, {
      id: `episode-${index}`,
      session,
      character,
      end: 'truncated',
      endTick: steps.ticks[steps.length - 1],
      learn: true,
      meta: {},
      length: before + steps.length,
    });
  }
  return [...episodes.values()];
}

async function* readAll(
  paths: readonly string[],
  spec: CharacterSpec,
  { episodes, deadlineMs }: Pick<Dataset, 'episodes'> & Required<OpenDatasetOptions>,
): AsyncGenerator<Episode> {
  const waiting = episodes.values();
  const fields = columnsOf(spec).length;
  let open: { index: number; buffer: EpisodeBuffer } | null = null;
  const fail = (what: string): never => {
    throw new ForesightError(
      'corrupt-file',
      `The data files do not fit meta/episodes: ${what}. Export the folder again.`,
    );
  };
  /** Empty episodes, and the one that was open. */
  function* finished(steps: EpisodeBuffer | null): Generator<Episode> {
    for (const declared of waiting) {
      const taken = declared.length ? steps : new EpisodeBuffer(fields);
      const { length } = declared;
      if (!taken) return fail(`the steps of episode "${declared.id}" are missing`);
      if (taken.length !== length)
        fail(`episode "${declared.id}" has ${taken.length} of its ${length} steps`);
      const episode = { ...headerOf(declared), ...taken.slice() };
      checkEpisode(spec, episode);
      yield episode;
      if (taken === steps) return;
    }
    if (steps) fail('there are more of them');
  }
  for await (const { index, steps } of readSteps(paths, spec, { observations: true, deadlineMs })) {
    if (open && open.index !== index) {
      yield* finished(open.buffer);
      open = null;
    }
    open ??= { index, buffer: new EpisodeBuffer(fields) };
    open.buffer.pushChunk(steps);
  }
  if (open) yield* finished(open.buffer);
  yield* finished(null);
}
