import { parseCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import { packedLength } from '../record/pack-steps.ts';
import { readEpisodes } from '../record/read-episodes.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { bytesOf } from '../util/file-content.ts';
import type { FileContent } from '../util/file-content.ts';
import type { EpisodeBatch } from './protocol.ts';

/** Bytes of steps in a batch: about 2 ms of work for the page. */
const BATCH_BYTES = 256 * 1024;

/** Episodes of a file that was read, to be taken in batches: one message with all of them would hold up the page. */
export class ReadEpisodes {
  readonly spec: CharacterSpec;
  readonly #episodes: readonly Episode[];
  #taken = 0;

  private constructor(spec: CharacterSpec, episodes: readonly Episode[]) {
    this.spec = spec;
    this.#episodes = episodes;
  }

  /** Rejects as `readEpisodes` does. */
  static async of(
    file: FileContent,
    name: string,
    onProgress: (done: number) => void,
  ): Promise<ReadEpisodes> {
    const { spec, episodes } = await readEpisodes(await bytesOf(file, name), name, { onProgress });
    return new ReadEpisodes(spec, episodes);
  }

  /** The next episodes. */
  take(): EpisodeBatch {
    const from = this.#taken;
    const { length } = this.#episodes;
    for (let bytes = 0; this.#taken < length && bytes < BATCH_BYTES; this.#taken++) {
      const { length: steps, columns } = this.#episodes[this.#taken];
      bytes += packedLength(steps, columns.length);
    }
    return {
      episodes: this.#episodes.slice(from, this.#taken),
      done: length ? this.#taken / length : 1,
    };
  }
}

/** Rejects as `parseCheckpoint` throws. */
export async function readCheckpoint(file: FileContent, name: string): Promise<Checkpoint> {
  return parseCheckpoint(await bytesOf(file, name), name);
}
