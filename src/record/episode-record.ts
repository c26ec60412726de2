import { ForesightError } from '../util/error.ts';
import { checkEpisodes } from './check-episodes.ts';
import type { Episode, EpisodeEnd, EpisodeHeader } from './episode.ts';
import type { EpisodeChunk, EpisodeInfo, LoadOptions } from './episode-store.ts';
import { checkHeader, headerOf } from './episode-header.ts';
import { packedLength } from './pack-steps.ts';
import { requireSameSpec, specHash } from './spec.ts';
import type { CharacterSpec } from './spec.ts';

/** Everything that a store keeps about an episode except its steps. */
export interface EpisodeRecord extends EpisodeInfo {
  /** Number of chunks. */
  readonly chunks: number;
}

/** The record of a new episode. Throws `bad-data` for an invalid header. */
export function beginRecord(spec: CharacterSpec, header: EpisodeHeader): EpisodeRecord {
  checkHeader(header);
  return {
    ...headerOf(header),
    end: 'truncated',
    steps: 0,
    specHash: specHash(spec),
    startedAt: Date.now(),
    finished: false,
    chunks: 0,
    bytes: 0,
  };
}

/** The record after adding a chunk. Throws `bad-data` when the chunk does not fit. */
export function appendRecord(
  spec: CharacterSpec,
  record: EpisodeRecord,
  chunk: EpisodeChunk,
): EpisodeRecord {
  const fail = failAbout(record.id);
  if (record.finished) fail('it is finished. Begin a new one for further steps.');
  checkEpisodes(spec, [{ ...chunk, id: record.id }]);
  if (!chunk.length) return record;
  if (record.steps && chunk.ticks[0] < record.endTick)
    fail(
      `the tick falls from ${record.endTick} to ${chunk.ticks[0]}. Begin a new episode where time starts over.`,
    );
  return {
    ...record,
    endTick: chunk.ticks[chunk.length - 1],
    steps: record.steps + chunk.length,
    chunks: record.chunks + 1,
    bytes: record.bytes + packedLength(chunk.length, chunk.columns.length),
  };
}

/** The record of the ended episode. Throws `bad-data` for a tick before the last step. */
export function finishRecord(
  record: EpisodeRecord,
  end: EpisodeEnd,
  endTick: number,
): EpisodeRecord {
  checkHeader({ ...record, end, endTick });
  if (record.steps && endTick < record.endTick)
    failAbout(record.id)(
      `it cannot end at tick ${endTick}, before ${record.endTick}. Give the tick at which it ended.`,
    );
  return { ...record, end, endTick, finished: true };
}

/** The record of a whole episode. Throws `bad-data` when its header or its steps do not fit. */
export function wholeRecord(spec: CharacterSpec, episode: Episode): EpisodeRecord {
  const record = appendRecord(spec, beginRecord(spec, episode), episode);
  return finishRecord(record, episode.end, episode.endTick);
}

/** The public part of a record. */
export function infoOf(record: EpisodeRecord): EpisodeInfo {
  const { steps, bytes, specHash: hash, startedAt, finished } = record;
  return { ...headerOf(record), steps, bytes, specHash: hash, startedAt, finished };
}

/** Throws `bad-data` for an episode that the store does not have. */
export function failUnknown(id: string): never {
  throw new ForesightError(
    'bad-data',
    `The store has no episode "${id}". It may have been deleted; list() returns the episodes in the store.`,
  );
}

/** Throws `bad-data` for an id that is taken. */
export function failTaken(id: string): never {
  throw new ForesightError(
    'bad-data',
    `The store has an episode "${id}" already. Give each episode its own id, or leave it out.`,
  );
}

/** Throws `not-ready` for a closed store. */
export function failClosed(): never {
  throw new ForesightError('not-ready', 'The episode store is closed. Open a new one to continue.');
}

/**
 * The records to load: those of the spec, or those of `ids` in that order.
 *
 * @param specOf the spec an episode was recorded with
 */
export function chooseRecords<T extends EpisodeRecord>(
  records: readonly T[],
  { spec, ids, specOf }: ChooseOptions,
): T[] {
  const hash = specHash(spec);
  if (!ids) return records.filter((record) => record.specHash === hash);
  const byId = new Map(records.map((record) => [record.id, record]));
  return ids.map((id) => {
    const record = byId.get(id) ?? failUnknown(id);
    if (record.specHash !== hash) requireSameSpec(spec, specOf(record), `Episode "${id}"`);
    return record;
  });
}

export interface ChooseOptions {
  readonly spec: CharacterSpec;
  readonly ids: readonly string[] | undefined;
  readonly specOf: (record: EpisodeRecord) => CharacterSpec;
}

/** Reports an episode that cannot be read, as a console warning unless there is a listener. */
export function reportDamaged(error: ForesightError, id: string, options: LoadOptions): void {
  if (options.onDamaged) options.onDamaged(error, id);
  else console.warn(`[foresight] ${error.message}`);
}

const failAbout =
  (id: string) =>
  (what: string): never => {
    throw new ForesightError('bad-data', `Episode "${id}": ${what}`);
  };
