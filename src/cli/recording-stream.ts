import type { CsvSpec } from '../record/csv-spec.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { openEpisodes } from './open-episodes.ts';

export interface RecordingStreamOptions {
  readonly csv?: CsvSpec;
  /** Called when a file is opened, with its index. */
  readonly onFile?: (index: number) => void;
}

/** Episodes of several files of the spec of the first one, one after the other; they can be read again. */
export class RecordingStream {
  readonly spec: CharacterSpec;
  readonly #paths: readonly string[];
  readonly #options: RecordingStreamOptions;
  #doubled = 0;

  private constructor(
    spec: CharacterSpec,
    paths: readonly string[],
    options: RecordingStreamOptions,
  ) {
    this.spec = spec;
    this.#paths = paths;
    this.#options = options;
  }

  /** Throws what `openEpisodes` throws. */
  static async open(
    paths: readonly string[],
    options: RecordingStreamOptions = {},
  ): Promise<RecordingStream> {
    const { spec, episodes } = await openEpisodes(paths[0], options.csv);
    // Closes the file.
    await episodes[Symbol.asyncIterator]().return?.();
    return new RecordingStream(spec, paths, options);
  }

  /** Episodes that the last reading left out because an earlier file has them too. */
  get doubled(): number {
    return this.#doubled;
  }

  /** Reads all files. Throws what `openEpisodes` throws, and `spec-mismatch` for a file of another spec. */
  async *read(): AsyncGenerator<Episode> {
    const known = new Set<string>();
    this.#doubled = 0;
    for (const [i, path] of this.#paths.entries()) {
      this.#options.onFile?.(i);
      const { spec, episodes } = await openEpisodes(path, this.#options.csv);
      requireSameSpec(this.spec, spec, `"${path}"`);
      for await (const episode of episodes) {
        const { session, id, character, length } = episode;
        const key = JSON.stringify([session, id, character, length]);
        if (known.has(key)) this.#doubled++;
        else yield episode;
        known.add(key);
      }
    }
  }
}
