import { expect, it } from 'vitest';
import { Recorder } from '../../../src/record/recorder.ts';
import type { ForesightError } from '../../../src/util/error.ts';
import { DUELIST, OBSERVATION, chunkAt, expectError, header } from '../../record/fixtures.ts';
import { useDatabases } from './database.ts';
import { emptyStorage, fillStorage, useSmallBucket } from './quota.ts';

const databases = useDatabases();
useSmallBucket();

/** Steps of about 2 MB that do not compress. */
function bigChunk(from: number): ReturnType<typeof chunkAt> {
  const chunk = chunkAt(...Array.from({ length: 100_000 }, (_, i) => from + i));
  for (const column of chunk.columns)
    for (let i = 0; i < column.length; i++) column[i] = Math.random();
  return chunk;
}

it('distinguishes a full storage from other failures, keeps what it has, and continues when there is room', async () => {
  const store = await databases.store(databases.name());
  await store.begin(DUELIST, header('old'));
  await store.append('old', chunkAt(8, 9));
  await store.begin(DUELIST, header('a'));
  await store.append('a', chunkAt(1, 2));
  await fillStorage();
  const append = () => store.append('a', bigChunk(3));
  await expectError(
    append,
    'storage-full',
    /storage for this site is full\. Export and delete old sessions/,
  );
  expect(await store.load(DUELIST, ['a'])).toMatchObject([chunkAt(1, 2)]);
  // The advice of the message works: recordings can still be deleted.
  await store.remove('old');
  expect((await store.list()).map(({ id }) => id)).toEqual(['a']);
  await emptyStorage();
  await append();
  expect(await store.size()).toMatchObject({ episodes: 1, steps: 100_002 });
});

it('stores nothing of a whole episode for which there is no room', async () => {
  const store = await databases.store(databases.name());
  await store.add(DUELIST, { ...header('old'), ...chunkAt(8, 9), endTick: 9 });
  const episode = { ...header('a', { endTick: 100_000 }), ...bigChunk(1) };
  await fillStorage();
  await expectError(() => store.add(DUELIST, episode), 'storage-full', /is full/);
  expect((await store.list()).map(({ id }) => id)).toEqual(['old']);
  await emptyStorage();
  await store.add(DUELIST, episode);
  expect(await store.size()).toMatchObject({ episodes: 2, steps: 100_002 });
});

it('loses no step of a recording', async () => {
  const store = await databases.store(databases.name());
  const errors: ForesightError[] = [];
  const recorder = new Recorder({
    spec: DUELIST,
    store,
    flushMs: 10,
    onError: (error) => errors.push(error),
  });
  const play = (from: number, to: number): void => {
    for (let tick = from; tick < to; tick++)
      recorder.act('hero', {
        tick,
        action: 'jab',
        observation: { ...OBSERVATION, x: Math.random() },
      });
  };
  recorder.begin('hero', { id: 'a' });
  play(0, 10);
  await recorder.flush();
  await fillStorage();
  play(10, 60_000);
  await recorder.flush();
  play(60_000, 60_010);
  await recorder.flush();
  expect(errors.map(({ code }) => code)).toEqual(['storage-full']);
  expect(recorder.unsaved()).toMatchObject([{ id: 'a', length: 60_010 }]);
  expect(await store.size()).toMatchObject({ steps: 10 });

  await emptyStorage();
  const episode = await recorder.end('hero', 'terminated');
  expect(episode).toMatchObject({ length: 60_010, end: 'terminated', endTick: 60_009 });
  expect(await store.load(DUELIST)).toEqual([episode]);
  expect(recorder.unsaved()).toEqual([]);
  await recorder.dispose();
  expect(errors).toHaveLength(1);
});
