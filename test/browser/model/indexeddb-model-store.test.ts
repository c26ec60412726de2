import { deleteDB, openDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { openIndexedDbModelStore } from '../../../src/model/indexeddb-model-store.ts';
import type { ModelStore } from '../../../src/model/model-store.ts';
import { checkModelStore } from '../../model/model-stores.ts';

let name = '';
let opened: { close(): unknown }[] = [];
const open = async (): Promise<ModelStore> => {
  name ||= `test-${crypto.randomUUID()}`;
  const store = await openIndexedDbModelStore(name);
  opened.push(store);
  return store;
};
afterEach(async () => {
  for (const one of opened) await one.close();
  opened = [];
  if (name) await deleteDB(name);
  name = '';
});

checkModelStore('models in IndexedDB', open);

it('has them again in the next session', async () => {
  const bytes = Uint8Array.from([1, 2, 3]);
  const model = { key: 'a', origin: 'o', bytes, savedAt: 5 };
  const first = await open();
  await first.save(model);
  await first.close();
  await expect(first.load('a')).rejects.toMatchObject({ code: 'storage' });
  expect(await (await open()).load('a')).toEqual(model);
});

it('lets another tab delete the database', async () => {
  const store = await open();
  await deleteDB(name);
  await expect(store.size()).rejects.toMatchObject({ code: 'storage' });
});

it('refuses a database that newer code made', async () => {
  name = `test-${crypto.randomUUID()}`;
  opened.push(await openDB(name, 7));
  await expect(openIndexedDbModelStore(name)).rejects.toMatchObject({ code: 'wrong-version' });
});
