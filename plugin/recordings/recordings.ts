import { EpisodeWriter } from '../../src/record/episode-writer.ts';
import { RECORDER_DEFAULTS } from '../../src/record/recorder.ts';
import { specHash } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { EpisodeInfo, EpisodeStore } from '../../src/record/episode-store.ts';
import type { Recording } from '../../src/record/episode-writer.ts';
import type { Episode, EpisodeEnd, EpisodeSet } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import type { WorkerSource } from '../../src/worker/client.ts';
import { emitSafely } from '../game/emit-safely.ts';
import { loadPart } from '../../src/util/load-part.ts';
import type { ImportOptions } from '../game/import-file.ts';
import { asError } from '../game/error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from '../game/events.ts';
import { ListedStore } from './listed-store.ts';
import { loadLimiter } from './load-limiter.ts';
import { openMemory } from './open-memory.ts';
import type { RecordingLimiter } from './recording-limiter.ts';
import { placeOf } from './recording-place.ts';
import type { RecordingPlace } from './recording-place.ts';
import { resolveLimits } from './recording-limits.ts';
import type { RecordingLimits } from './recording-limits.ts';
import type { RecordedEpisode } from './recorded-episode.ts';
import { groupBySession } from './sessions.ts';
import type { RecordedSession } from './sessions.ts';

/** Records episodes: the scene plugin of each running scene. */
export interface RecordingHost {
  /** Ends all that run. */
  endEpisodes(end: EpisodeEnd): void;
}

export interface RecordingsOptions {
  readonly store: 'memory' | 'indexeddb' | EpisodeStore;
  /** Database name, for `indexeddb`. */
  readonly storeName: string;
  /** False: all are kept. Default: those of `RecordingLimits`, and all in a store of the game's own. */
  readonly limits?: RecordingLimits | false;
  readonly events: TypedEmitter<ForesightEvents>;
  /** What reads imported files. */
  readonly worker?: WorkerSource;
}

/**
 * Every recorded episode of a game: those in the store, and those that are not, or not wholly, stored yet. What
 * another tab records or deletes meanwhile is seen at the next start of the game.
 */
export class Recordings {
  /** Beyond these the oldest episodes are deleted; false when all are kept. */
  readonly limits: Required<RecordingLimits> | false;
  readonly #listed: ListedStore;
  /** Name of the database that other tabs may use too; empty where there is none. */
  readonly #database: string;
  #limiter: Promise<RecordingLimiter | null> | null = null;
  /** @internal Writes what is recorded to the store. It holds what runs, and what ended but is not stored yet. */
  readonly writer: EpisodeWriter;
  readonly #events: TypedEmitter<ForesightEvents>;
  readonly #worker: WorkerSource | undefined;
  readonly #hosts = new Set<RecordingHost>();
  readonly #pending = new Set<Promise<unknown>>();
  readonly #damaged = new Set<string>();
  #place: RecordingPlace;

  /** Throws `bad-config` for limits that are none. */
  constructor({ store, storeName, limits, events, worker }: RecordingsOptions) {
    this.limits = resolveLimits(limits ?? (typeof store === 'string' && {}));
    this.#events = events;
    this.#worker = worker;
    this.#place = placeOf(store, storeName);
    this.#database = this.#place.name;
    const onLost = (): void => void this.writer.flush();
    this.#listed = new ListedStore(
      store === 'indexeddb'
        ? { open: (lost) => this.#openDatabase(lost), onLost, onMemory: this.#onMemory }
        : { open: async () => (store === 'memory' ? openMemory() : store) },
    );
    this.writer = new EpisodeWriter({
      store: this.#listed,
      flushMs: RECORDER_DEFAULTS.flushMs,
      onError: this.#report,
    });
  }

  get store(): EpisodeStore {
    return this.#listed;
  }

  /** Where they are kept; known for sure once something was stored. */
  get place(): RecordingPlace {
    return this.#place;
  }

  /** @internal */
  addHost(host: RecordingHost): void {
    this.#hosts.add(host);
  }

  /** @internal */
  removeHost(host: RecordingHost): void {
    this.#hosts.delete(host);
  }

  /** @internal Has later calls wait for `work`, the writing of an episode that ended. Its errors are emitted. */
  follow(work: Promise<unknown>): void {
    const settled = work
      .catch(this.#report)
      .then(() => this.#limit())
      .then(() => {
        this.#pending.delete(settled);
        this.changed();
      });
    this.#pending.add(settled);
  }

  /** Resolves when everything that ended so far is stored, or could not be. */
  async settled(): Promise<void> {
    while (this.#pending.size) await Promise.all(this.#pending);
  }

  /** @internal Emits that the episodes changed. */
  changed(): void {
    emitSafely(this.#events, 'recordings', {});
  }

  /** Ends all running episodes and waits until they are stored. Play continues in new ones. */
  async endAll(end: EpisodeEnd = 'truncated'): Promise<void> {
    for (const host of this.#hosts) host.endEpisodes(end);
    await this.settled();
  }

  /** What is recorded under this spec, unfinished ones too, oldest first; without reading the steps. */
  async list(spec: CharacterSpec): Promise<RecordedEpisode[]> {
    // Read first: what is wholly stored meanwhile is in both.
    const unsaved = this.#unsaved(spec);
    const stored = await this.#infos(spec);
    const known = new Map(stored.map((info) => [info.id, info.startedAt]));
    const ids = new Set(unsaved.map(({ header }) => header.id));
    return [
      ...stored.filter(({ id, steps }) => steps > 0 && !ids.has(id)),
      ...unsaved.map(({ header, buffer }) => ({
        ...header,
        steps: buffer.length,
        bytes: buffer.bytes,
        startedAt: known.get(header.id) ?? NaN,
      })),
    ];
  }

  #unsaved(spec: CharacterSpec): Recording[] {
    const hash = specHash(spec);
    return this.writer.recordings.filter((one) => one.spec === spec || specHash(one.spec) === hash);
  }

  /**
   * Episodes recorded under this spec, "do not learn" ones too; oldest first.
   *
   * @param ids which ones; all of them when absent
   */
  async load(spec: CharacterSpec, ids?: ReadonlySet<string>): Promise<Episode[]> {
    try {
      return await this.#load(spec, ids);
    } catch (error) {
      // Another tab deleted one of them. The store is listed again after such a failure.
      if (error instanceof ForesightError && error.code === 'bad-data')
        return this.#load(spec, ids);
      throw error;
    }
  }

  async #load(spec: CharacterSpec, ids: ReadonlySet<string> | undefined): Promise<Episode[]> {
    const listed = (await this.list(spec)).map(({ id }) => id);
    const left = new Set(listed.filter((id) => ids?.has(id) ?? true));
    const unsaved = this.#unsaved(spec)
      // Deleting from the set: what is left is in the store.
      .filter(({ header }) => left.delete(header.id))
      .map(({ header, buffer }) => ({ ...header, ...buffer.slice() }));
    const options = { onDamaged: this.#onDamaged };
    const ended = left.size ? await this.store.load(spec, [...left], options) : [];
    return [...ended, ...unsaved];
  }

  /** Episodes and steps so far, unfinished ones included. */
  async count(spec: CharacterSpec): Promise<{ episodes: number; steps: number }> {
    const listed = await this.list(spec);
    return {
      episodes: listed.length,
      steps: listed.reduce((sum, { steps }) => sum + steps, 0),
    };
  }

  /** All episodes under this spec as one binary file. */
  async export(spec: CharacterSpec): Promise<Uint8Array<ArrayBuffer>> {
    const { encodeEpisodes } = await loadPart(
      'What writes recordings to files',
      () => import('../../src/record/binary-format.ts'),
    );
    return encodeEpisodes({ spec, episodes: await this.load(spec) });
  }

  /**
   * Adds the episodes of a file (binary, JSON lines, either gzipped) or of a set; those already stored (same
   * id) are left out. A file above 32 kB, and one that is gzipped, is read in a worker of its own; give a Blob
   * where you have one, it is not copied. Returns how many were new. When it rejects, each episode is stored
   * whole or not at all; importing again adds the rest. Rejects with `corrupt-file`, `too-large`,
   * `wrong-version`, `spec-mismatch`, `worker-failed`, and `cancelled`, after which nothing of it is stored.
   *
   * @param spec what they must have been recorded under; any spec when absent
   */
  async import(
    file: FileContent | EpisodeSet,
    spec?: CharacterSpec,
    { signal, onProgress }: ImportOptions = {},
  ): Promise<number> {
    const { importEpisodes } = await loadPart(
      'What imports recordings',
      () => import('./import-episodes.ts'),
    );
    const unsaved = this.writer.recordings.map(({ header }) => header.id);
    const how = { signal, onProgress, spec, unsaved, worker: this.#worker };
    try {
      return await importEpisodes(file, this.store, how);
    } finally {
      await this.#limit();
      this.changed();
    }
  }

  /** Removes the newest episode, ending it first if it still runs. Resolves with its id; null when there was none. */
  async undoLast(): Promise<string | null> {
    await this.endAll();
    const id = await this.writer.inTurn(async () => {
      // What could not be stored is newer than what could.
      const unsaved = this.writer.recordings.filter(({ ended }) => ended).at(-1);
      if (!unsaved) return this.store.undoLast();
      await this.#forget(unsaved.header.id);
      return unsaved.header.id;
    });
    this.changed();
    return id;
  }

  /** What was recorded under this spec, by session; the newest first. */
  async sessions(spec: CharacterSpec): Promise<RecordedSession[]> {
    return groupBySession(await this.list(spec));
  }

  /** Marks episodes as fit or unfit for learning, ending those first that still run. */
  async setLearn(ids: readonly string[], learn: boolean): Promise<void> {
    await this.#endIfRunning(ids);
    await this.writer.inTurn(async () => {
      for (const id of ids) {
        const unsaved = this.#find(id);
        if (unsaved) this.writer.mark(unsaved, learn);
        else await this.store.setLearn(id, learn);
      }
    });
    this.changed();
  }

  /** Removes episodes, ending those first that still run. What was learned from them stays. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#endIfRunning(ids);
    await this.writer.inTurn(async () => {
      for (const id of ids) await this.#forget(id);
    });
    this.changed();
    // There may be room now.
    void this.writer.flush();
  }

  #find(id: string): Recording | undefined {
    return this.writer.recordings.find(({ header }) => header.id === id);
  }

  async #forget(id: string): Promise<void> {
    const unsaved = this.#find(id);
    if (unsaved) this.writer.forget(unsaved);
    await this.store.remove(id);
  }

  /** Marks what was recorded under this spec in a session so far as fit or unfit for learning. */
  async setSessionLearn(
    spec: CharacterSpec,
    { session, learn }: { readonly session: string; readonly learn: boolean },
  ): Promise<void> {
    await this.setLearn(await this.#idsOf(spec, session), learn);
  }

  /** Removes what was recorded under this spec in a session so far. What was learned from it stays. */
  async removeSession(spec: CharacterSpec, session: string): Promise<void> {
    await this.remove(await this.#idsOf(spec, session));
  }

  async #idsOf(spec: CharacterSpec, session: string): Promise<string[]> {
    const listed = await this.list(spec);
    return listed.filter((one) => one.session === session).map(({ id }) => id);
  }

  async #endIfRunning(ids: readonly string[]): Promise<void> {
    const runs = this.writer.recordings.some(
      ({ ended, header }) => !ended && ids.includes(header.id),
    );
    if (runs) await this.endAll();
  }

  /** Removes every episode of every spec. What was learned from them stays: see `clearAll` of the plugin. */
  clear(): Promise<void> {
    return this.#forgetUnsaved(() => this.store.clear());
  }

  /** @internal Another tab has removed every episode: those that this one is storing are removed too. */
  clearHere(): Promise<void> {
    return this.#forgetUnsaved(async (ids) => {
      for (const id of ids) await this.store.remove(id);
      this.#listed.listAgain();
    });
  }

  /** Ends all running episodes and forgets them without storing them; then does `work`, before any write. */
  async #forgetUnsaved(work: (ids: readonly string[]) => Promise<void>): Promise<void> {
    try {
      await this.writer.inTurn(() => {
        const unsaved = this.writer.recordings;
        for (const host of this.#hosts) host.endEpisodes('truncated');
        for (const recording of unsaved) this.writer.forget(recording);
        return work(unsaved.map(({ header }) => header.id));
      });
    } finally {
      this.changed();
    }
  }

  /** Waits for what is being written, then closes the store. */
  async close(): Promise<void> {
    await this.settled();
    await this.writer.dispose();
    await (await this.#limiter)?.close();
    await this.store.close();
  }

  async #openDatabase(onLost: () => void): Promise<EpisodeStore> {
    const limiter = await this.#loadLimiter();
    await limiter?.present;
    const { openIndexedDbStore } = await import('../../src/record/indexeddb-store.ts');
    // Not awaited, as it waits for the store: earlier visits may have left more than is kept.
    void limiter?.apply();
    return openIndexedDbStore(this.#database, { onLost });
  }

  /** Deletes the oldest episodes beyond the limits. */
  async #limit(): Promise<void> {
    await (await this.#loadLimiter())?.apply();
  }

  #loadLimiter(): Promise<RecordingLimiter | null> {
    this.#limiter ??= loadLimiter({
      limits: this.limits,
      name: this.#database,
      store: this.#listed,
      isRecording: (id) => !!this.#find(id),
      onDeleted: () => this.changed(),
      onError: this.#report,
    }).catch(this.#report);
    return this.#limiter;
  }

  readonly #report = (thrown: unknown): null => {
    emitSafely(this.#events, 'storage-error', { error: asError(thrown) });
    return null;
  };

  readonly #onMemory = (error: Error): void => {
    const message =
      'Recordings are kept in memory from now on and are gone when the page closes: export what should be ' +
      `kept. IndexedDB cannot be used: ${error.message}`;
    console.warn(`[foresight] ${message}`);
    this.#place = placeOf('memory', '');
    emitSafely(this.#events, 'warning', { message, error });
    this.changed();
  };

  /** Reports each damaged episode once. */
  readonly #onDamaged = (error: Error, id: string): void => {
    if (this.#damaged.has(id)) return;
    this.#damaged.add(id);
    console.warn(`[foresight] ${error.message}`);
    emitSafely(this.#events, 'storage-error', { error });
  };

  async #infos(spec: CharacterSpec): Promise<EpisodeInfo[]> {
    const hash = specHash(spec);
    return (await this.store.list()).filter((info) => info.specHash === hash);
  }
}
