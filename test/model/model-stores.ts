import { describe, expect, it } from 'vitest';
import type { ModelStore, StoredModel } from '../../src/model/model-store.ts';

const modelOf = (key: string, ...bytes: number[]): StoredModel => ({
  key,
  origin: `origin of ${key}`,
  bytes: Uint8Array.from(bytes),
  savedAt: 1_700_000_000_000,
});

/** Tests that every store of models must pass. */
export function checkModelStore(name: string, open: () => Promise<ModelStore>): void {
  describe(name, () => {
    it('keeps one model for each key', async () => {
      const store = await open();
      expect(await store.load('a')).toBeNull();
      expect(await store.size()).toBe(0);
      await store.save(modelOf('a', 1, 2, 3));
      await store.save(modelOf('b', 4));
      await store.save(modelOf('a', 5, 6));
      expect(await store.load('a')).toEqual(modelOf('a', 5, 6));
      expect(await store.load('b')).toEqual(modelOf('b', 4));
      expect(await store.size()).toBe(3);
    });

    it('keeps a copy, whatever happens to the original', async () => {
      const store = await open();
      const model = modelOf('a', 1, 2);
      await store.save(model);
      model.bytes.fill(9);
      expect(await store.load('a')).toEqual(modelOf('a', 1, 2));
    });

    it('removes one, and all', async () => {
      const store = await open();
      await store.save(modelOf('a', 1));
      await store.save(modelOf('b', 2));
      await store.remove('a');
      await store.remove('no-such-model');
      expect(await store.load('a')).toBeNull();
      expect(await store.load('b')).not.toBeNull();
      await store.clear();
      expect(await store.size()).toBe(0);
    });
  });
}
