import { describe } from 'vitest';
import { MemoryEpisodeStore } from '../../src/record/memory-store.ts';
import { storeCases } from './store-cases.ts';

describe('MemoryEpisodeStore', () => {
  storeCases(async () => new MemoryEpisodeStore());
});
