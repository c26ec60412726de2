import type { EpisodeStore } from '../../src/record/episode-store.ts';
import type { EpisodeSet } from '../../src/record/episode.ts';
import { requireSameSpec } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import type { WorkerSource } from '../../src/worker/client.ts';
import { importedEpisodes, throwIfCancelled } from '../game/import-file.ts';
import type { ImportOptions } from '../game/import-file.ts';

export interface ImportEpisodesOptions extends ImportOptions {
  /** What they must have been recorded under; any spec when absent. */
  readonly spec: CharacterSpec | undefined;
  /** Ids of episodes that are not in the store yet, and known. */
  readonly unsaved: readonly string[];
  readonly worker: WorkerSource | undefined;
}

/** See `Recordings.import`. */
export async function importEpisodes(
  file: FileContent | EpisodeSet,
  store: EpisodeStore,
  { spec, unsaved, worker, signal, onProgress = () => {} }: ImportEpisodesOptions,
): Promise<number> {
  const source = { name: 'the imported file', worker, signal };
  // One half of the work is reading, the other one is storing.
  const parts =
    'episodes' in file
      ? [{ ...file, done: 1 }]
      : importedEpisodes(file, source, (done) => onProgress(done / 2));
  const added: string[] = [];
  let known: ReadonlySet<string> | null = null;
  try {
    for await (const { spec: own, episodes, done } of parts) {
      if (spec) requireSameSpec(spec, own, 'The imported recording');
      known ??= new Set([...unsaved, ...(await store.list()).map(({ id }) => id)]);
      for (const episode of episodes) {
        throwIfCancelled(signal);
        if (known.has(episode.id)) continue;
        await store.add(own, episode);
        added.push(episode.id);
      }
      onProgress((1 + done) / 2);
    }
    throwIfCancelled(signal);
  } catch (error) {
    if (signal?.aborted) for (const id of added) await store.remove(id);
    throw error;
  }
  return added.length;
}
