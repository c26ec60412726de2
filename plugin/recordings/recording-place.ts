import type { EpisodeStore } from '../../src/record/episode-store.ts';

/** Where recordings are kept. */
export interface RecordingPlace {
  readonly kind: 'memory' | 'indexeddb' | 'custom';
  /** Name of the database; empty for the other kinds. */
  readonly name: string;
}

export function placeOf(
  store: 'memory' | 'indexeddb' | EpisodeStore,
  name: string,
): RecordingPlace {
  if (store === 'memory') return { kind: 'memory', name: '' };
  return store === 'indexeddb' ? { kind: 'indexeddb', name: name } : { kind: 'custom', name: '' };
}
