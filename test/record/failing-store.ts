import type { EpisodeChunk } from '../../src/record/episode-store.ts';
import type { Episode, EpisodeEnd, EpisodeHeader } from '../../src/record/episode.ts';
import { MemoryEpisodeStore } from '../../src/record/memory-store.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';

/** A memory store whose writes reject with `fault` while there is one, and that counts attempts. */
export class FailingStore extends MemoryEpisodeStore {
  fault: Error | null = null;
  /** Every attempt to write, in order: the call and the ticks of its steps. */
  readonly attempts: string[] = [];

  override async begin(spec: CharacterSpec, header: EpisodeHeader): Promise<void> {
    this.attempt(`begin ${header.id}`);
    await super.begin(spec, header);
  }

  override async append(id: string, chunk: EpisodeChunk): Promise<void> {
    this.attempt(`append ${id} ${chunk.ticks.join()}`);
    await super.append(id, chunk);
  }

  override async finish(id: string, end: EpisodeEnd, endTick: number): Promise<void> {
    this.attempt(`finish ${id} ${end} ${endTick}`);
    await super.finish(id, end, endTick);
  }

  override async add(spec: CharacterSpec, episode: Episode): Promise<void> {
    this.attempt(`add ${episode.id} ${episode.ticks.join()}`);
    await super.add(spec, episode);
  }

  protected attempt(what: string): void {
    this.attempts.push(what);
    if (this.fault) throw this.fault;
  }
}
