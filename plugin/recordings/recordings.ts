import { MemoryEpisodeStore } from '../../src/record/memory-store.ts';
import { requireSameSpec, specHash } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { EpisodeInfo, EpisodeStore } from '../../src/record/episode-store.ts';
import type { Episode, EpisodeEnd, EpisodeSet } from '../../src/record/episode.ts';
import type { Recorder } from '../../src/record/recorder.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { emitSafely } from '../game/emit-safely.ts';
import { loadPart } from '../game/load-part.ts';
import { bytesOf } from './episode-list.ts';
import { asError } from '../game/error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from '../game/events.ts';
import { ListedStore } from './listed-store.ts';
import type { RecordedEpisode } from './recorded-episode.ts';
import { groupBySession } from './sessions.ts';
import type { RecordedSession } from './sessions.ts';

/** Holds episodes that have not ended: the scene plugin of each running scene. */
export interface RecordingHost {
  /** The unfinished episodes recorded under this spec. */
  current(spec: CharacterSpec): Episode[];
  /** Whether an episode of that id is unfinished. */
  records(id: string): boolean;
  /** Ends all of them and passes its recorders to `retire`. */
  endEpisodes(end: EpisodeEnd): void;
}

/** Where recordings are kept. */
export interface RecordingPlace {
  readonly kind: 'memory' | 'indexeddb' | 'custom';
  /** Name of the database; empty for the other kinds. */
  readonly name: string;
}

export interface RecordingsOptions {
  readonly store: 'memory' | 'indexeddb' | EpisodeStore;
  /** Database name, for `indexeddb`. */
  readonly storeName: string;
  readonly events: TypedEmitter<ForesightEvents>;
}

/**
 * Every recorded episode of a game: those in the store and those that still run. What another tab
 * records or deletes meanwhile is seen at the next start of the game.
 */
export class Recordings {
  readonly store: EpisodeStore;
  readonly #events: TypedEmitter<ForesightEvents>;
  readonly #hosts = new Set<RecordingHost>();
  readonly #pending = new Set<Promise<unknown>>();
  /** Whole episodes that could not be stored, by id, in the order they ended. */
  readonly #unsaved = new Map<
    string,
    { readonly spec: CharacterSpec; readonly episode: Episode }
  >();
  readonly #damaged = new Set<string>();
  #place: RecordingPlace;

  constructor({ store, storeName, events }: RecordingsOptions) {
    this.#events = events;
    this.#place = placeOf(store, storeName);
    this.store = new ListedStore(async () => {
      if (store === 'memory') return new MemoryEpisodeStore();
      if (store !== 'indexeddb') return store;
      try {
        const { openIndexedDbStore } = await import('../../src/record/indexeddb-store.ts');
        return await openIndexedDbStore(storeName);
      } catch (thrown) {
        const message =
          'IndexedDB cannot be used here (private window, or blocked by the browser), so recordings are ' +
          'kept in memory and are gone when the page closes. Export what should be kept.';
        console.warn(`[foresight] ${message}`);
        events.emit('warning', { message, error: asError(thrown) });
        this.#place = placeOf('memory', '');
        return new MemoryEpisodeStore();
      }
    });
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
      .catch((thrown: unknown) =>
        emitSafely(this.#events, 'storage-error', { error: asError(thrown) }),
      )
      .then(() => {
        this.#pending.delete(settled);
        this.changed();
      });
    this.#pending.add(settled);
  }

  /** @internal Disposes a recorder, keeping the episodes that it could not store. */
  retire(recorder: Recorder): void {
    const keep = async (): Promise<void> => {
      await recorder.dispose();
      for (const episode of recorder.unsaved())
        this.#unsaved.set(episode.id, { spec: recorder.spec, episode });
    };
    this.follow(keep());
  }

  /** Resolves when everything that ended so far is stored. */
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

  /** The episodes under this spec that are not, or not wholly, in the store. */
  #outside(spec: CharacterSpec): Episode[] {
    const hash = specHash(spec);
    const unsaved = [...this.#unsaved.values()].filter((one) => specHash(one.spec) === hash);
    const running = [...this.#hosts].flatMap((host) => host.current(spec));
    return [...unsaved.map(({ episode }) => episode), ...running];
  }

  /** What is recorded under this spec, unfinished ones too, oldest first; without reading the steps. */
  async list(spec: CharacterSpec): Promise<RecordedEpisode[]> {
    await this.settled();
    const stored = await this.#infos(spec);
    const outside = this.#outside(spec);
    const ids = new Set(idsWithout(stored, outside));
    const known = new Map(stored.map((info) => [info.id, info]));
    return [
      ...stored.filter(({ id }) => ids.has(id)),
      ...outside.map((one) => ({
        id: one.id,
        session: one.session,
        character: one.character,
        // Marks set meanwhile are in the store.
        learn: known.get(one.id)?.learn ?? one.learn,
        steps: one.length,
        bytes: bytesOf(one),
        startedAt: known.get(one.id)?.startedAt ?? NaN,
      })),
    ].filter(({ steps }) => steps > 0);
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
    const listed = (await this.list(spec)).filter(({ id }) => ids?.has(id) ?? true);
    const learn = new Map(listed.map((one) => [one.id, one.learn]));
    const outside = this.#outside(spec)
      .filter(({ id }) => learn.has(id))
      .map((episode) => ({ ...episode, learn: learn.get(episode.id)! }));
    const stored = idsWithout(listed, outside);
    const options = { onDamaged: this.#onDamaged };
    const ended = stored.length ? await this.store.load(spec, stored, options) : [];
    return [...ended, ...outside];
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
   * id) are left out. Returns how many were new. When it rejects, each episode is stored whole or not at
   * all; importing again adds the rest. Rejects with `corrupt-file`, `wrong-version`, `spec-mismatch`.
   *
   * @param spec what they must have been recorded under; any spec when absent
   */
  async import(file: Uint8Array | EpisodeSet, spec?: CharacterSpec): Promise<number> {
    const set = file instanceof Uint8Array ? await readFile(file) : file;
    if (spec) requireSameSpec(spec, set.spec, 'The imported recording');
    await this.settled();
    const known = new Set((await this.store.list()).map((info) => info.id));
    const fresh = set.episodes.filter((episode) => !known.has(episode.id));
    try {
      for (const episode of fresh) await this.store.add(set.spec, episode);
    } finally {
      this.changed();
    }
    return fresh.length;
  }

  /** Removes the newest episode, ending it first if it still runs. Resolves with its id; null when there was none. */
  async undoLast(): Promise<string | null> {
    await this.endAll();
    // What could not be stored is newer than what could.
    const unsaved = [...this.#unsaved.keys()].at(-1);
    if (unsaved !== undefined) {
      this.#unsaved.delete(unsaved);
      await this.store.remove(unsaved);
    }
    const id = unsaved ?? (await this.store.undoLast());
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
    for (const id of ids) {
      const unsaved = this.#unsaved.get(id);
      if (unsaved) {
        const episode = { ...unsaved.episode, learn };
        this.#unsaved.set(id, { ...unsaved, episode });
      } else await this.store.setLearn(id, learn);
    }
    this.changed();
  }

  /** Removes episodes, ending those first that still run. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#endIfRunning(ids);
    for (const id of ids) {
      this.#unsaved.delete(id);
      await this.store.remove(id);
    }
    this.changed();
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
    const runs = ids.some((id) => [...this.#hosts].some((host) => host.records(id)));
    if (runs) await this.endAll();
  }

  /** Removes every episode of every spec. */
  async clear(): Promise<void> {
    await this.endAll();
    this.#unsaved.clear();
    await this.store.clear();
    this.changed();
  }

  /** Waits for what is being written, then closes the store. */
  async close(): Promise<void> {
    await this.settled();
    await this.store.close();
  }

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

/** Ids of the stored episodes that are not among the others. */
function idsWithout(stored: readonly { id: string }[], others: readonly Episode[]): string[] {
  const left = new Set(stored.map(({ id }) => id));
  for (const { id } of others) left.delete(id);
  return [...left];
}

function placeOf(store: RecordingsOptions['store'], name: string): RecordingPlace {
  if (store === 'memory') return { kind: 'memory', name: '' };
  return store === 'indexeddb' ? { kind: 'indexeddb', name: name } : { kind: 'custom', name: '' };
}

/** Throws `corrupt-file`, `wrong-version`. */
async function readFile(bytes: Uint8Array): Promise<EpisodeSet> {
  const { readEpisodes } = await loadPart(
    'What reads recordings from files',
    () => import('../../src/record/read-episodes.ts'),
  );
  return readEpisodes(bytes, 'the imported file');
}
