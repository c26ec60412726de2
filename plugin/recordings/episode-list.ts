import { specHash } from '../../src/record/spec.ts';
import type { EpisodeChunk, EpisodeInfo } from '../../src/record/episode-store.ts';
import type { Episode, EpisodeEnd, EpisodeHeader } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';

/** What a store holds, oldest first. Its owner enters every write that succeeded. */
export class EpisodeList {
  /** By id; a Map keeps the order in which they began. */
  readonly #infos: Map<string, EpisodeInfo>;

  /** @param infos what the store listed */
  constructor(infos: readonly EpisodeInfo[]) {
    this.#infos = new Map(infos.map((info) => [info.id, info]));
  }

  infos(): EpisodeInfo[] {
    return [...this.#infos.values()];
  }

  begin(spec: CharacterSpec, header: EpisodeHeader): void {
    const { id, session, character, endTick, learn, meta } = header;
    this.#infos.set(id, {
      id,
      session,
      character,
      end: 'truncated',
      endTick,
      learn,
      meta,
      steps: 0,
      bytes: 0,
      specHash: specHash(spec),
      startedAt: Date.now(),
      finished: false,
    });
  }

  append(id: string, chunk: EpisodeChunk): void {
    const { length, ticks } = chunk;
    if (!length) return;
    this.#change(id, (info) => ({
      steps: info.steps + length,
      bytes: info.bytes + bytesOf(chunk),
      endTick: ticks[length - 1],
    }));
  }

  finish(id: string, end: EpisodeEnd, endTick: number): void {
    this.#change(id, () => ({ end, endTick, finished: true }));
  }

  add(spec: CharacterSpec, episode: Episode): void {
    this.begin(spec, episode);
    this.append(episode.id, episode);
    this.finish(episode.id, episode.end, episode.endTick);
  }

  setLearn(id: string, learn: boolean): void {
    this.#change(id, () => ({ learn }));
  }

  remove(id: string): void {
    this.#infos.delete(id);
  }

  clear(): void {
    this.#infos.clear();
  }

  #change(id: string, changes: (info: EpisodeInfo) => Partial<EpisodeInfo>): void {
    const info = this.#infos.get(id);
    if (info) this.#infos.set(id, { ...info, ...changes(info) });
  }
}

/** Bytes of steps in memory. */
const bytesOf = ({ ticks, actions, columns }: EpisodeChunk): number =>
  columns.reduce((sum, column) => sum + column.byteLength, ticks.byteLength + actions.byteLength);
