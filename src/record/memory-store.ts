import { columnsOf } from './columns.ts';
import type { Episode, EpisodeEnd, EpisodeHeader } from './episode.ts';
import { EpisodeBuffer } from './episode-buffer.ts';
import {
  appendRecord,
  beginRecord,
  chooseRecords,
  failClosed,
  failTaken,
  failUnknown,
  finishRecord,
  infoOf,
  wholeRecord,
} from './episode-record.ts';
import type { EpisodeRecord } from './episode-record.ts';
import type { EpisodeChunk, EpisodeInfo, EpisodeStore, StoreSize } from './episode-store.ts';
import { headerOf } from './episode-header.ts';
import type { CharacterSpec } from './spec.ts';

interface Held {
  readonly spec: CharacterSpec;
  readonly buffer: EpisodeBuffer;
  record: EpisodeRecord;
}

/** Keeps episodes until the page closes. Nothing is ever damaged here. */
export class MemoryEpisodeStore implements EpisodeStore {
  /** By id; a Map keeps the order in which they began. */
  readonly #episodes = new Map<string, Held>();
  #closed = false;

  async begin(spec: CharacterSpec, header: EpisodeHeader): Promise<void> {
    const episodes = this.#open();
    const record = beginRecord(spec, header);
    if (episodes.has(header.id)) failTaken(header.id);
    const buffer = new EpisodeBuffer(columnsOf(spec).length);
    episodes.set(header.id, { spec, buffer, record });
  }

  async append(id: string, chunk: EpisodeChunk): Promise<void> {
    const held = this.#held(id);
    held.record = appendRecord(held.spec, held.record, chunk);
    held.buffer.pushChunk(chunk);
  }

  async finish(id: string, end: EpisodeEnd, endTick: number): Promise<void> {
    const held = this.#held(id);
    held.record = finishRecord(held.record, end, endTick);
  }

  async add(spec: CharacterSpec, episode: Episode): Promise<void> {
    const episodes = this.#open();
    const record = wholeRecord(spec, episode);
    if (episodes.has(episode.id)) failTaken(episode.id);
    const buffer = new EpisodeBuffer(columnsOf(spec).length);
    buffer.pushChunk(episode);
    episodes.set(episode.id, { spec, buffer, record });
  }

  async list(): Promise<EpisodeInfo[]> {
    return this.#records().map(infoOf);
  }

  async load(spec: CharacterSpec, ids?: readonly string[]): Promise<Episode[]> {
    const specOf = ({ id }: EpisodeRecord): CharacterSpec => this.#held(id).spec;
    return chooseRecords(this.#records(), { spec, ids, specOf }).map((record) => ({
      ...headerOf(record),
      ...this.#held(record.id).buffer.slice(),
    }));
  }

  async setLearn(id: string, learn: boolean): Promise<void> {
    const held = this.#held(id);
    held.record = { ...held.record, learn };
  }

  async remove(id: string): Promise<void> {
    this.#open().delete(id);
  }

  async undoLast(): Promise<string | null> {
    const last = [...this.#open().keys()].at(-1) ?? null;
    if (last !== null) this.#episodes.delete(last);
    return last;
  }

  async clear(): Promise<void> {
    this.#open().clear();
  }

  async size(): Promise<StoreSize> {
    const records = this.#records();
    return {
      episodes: records.length,
      steps: records.reduce((sum, { steps }) => sum + steps, 0),
      bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#episodes.clear();
  }

  #open(): Map<string, Held> {
    return this.#closed ? failClosed() : this.#episodes;
  }

  #held(id: string): Held {
    return this.#open().get(id) ?? failUnknown(id);
  }

  #records(): EpisodeRecord[] {
    return Array.from(this.#open().values(), ({ record }) => record);
  }
}
