import type { EpisodeStore } from '../../src/record/episode-store.ts';
import { loadPart } from '../../src/util/load-part.ts';

/** A new store in memory. No game needs its code before the first steps were made. */
export async function openMemory(): Promise<EpisodeStore> {
  const { MemoryEpisodeStore } = await loadPart(
    'What keeps recordings in memory',
    () => import('../../src/record/memory-store.ts'),
  );
  return new MemoryEpisodeStore();
}
