import { expect, it, vi } from 'vitest';
import { DUELIST } from '../../record/fixtures.ts';
import { useDatabases } from './database.ts';

const databases = useDatabases();
const PATIENT = { timeout: 60_000, interval: 10 };

it('loses at most one second when the tab is closed while recording', async () => {
  const database = databases.name();
  const tab = document.createElement('iframe');
  document.body.append(tab);
  const inside = tab.contentWindow!;
  inside.database = database;
  const script = inside.document.createElement('script');
  script.type = 'module';
  script.src = new URL('./fixtures/recording-tab.ts', import.meta.url).href;
  inside.document.body.append(script);
  await vi.waitFor(() => expect(inside.play).toBeTypeOf('function'), PATIENT);

  // At any time, the steps that are older than a second are in the store.
  const store = await databases.store(database);
  for (let tick = 50; tick <= 3500; tick += 50) {
    inside.play(50);
    await vi.waitFor(async () => {
      const [stored] = await store.list();
      expect(stored?.endTick ?? 0).toBeGreaterThanOrEqual(tick - 1000);
    }, PATIENT);
  }

  // The tab is closed without warning: none of its timers and events runs from here on.
  const before = [...inside.recorded];
  tab.remove();

  const [info, ...others] = await store.list();
  expect(others).toEqual([]);
  expect(info).toMatchObject({ id: 'unfinished', session: 'cut off', finished: false });
  const [episode] = await store.load(DUELIST);
  expect(episode).toMatchObject({ end: 'truncated', endTick: episode.ticks.at(-1) });
  const mustBeThere = before.filter((tick) => tick < before.at(-1)! - 1000);
  expect(mustBeThere.length).toBeGreaterThan(50);
  expect([...episode.ticks].slice(0, mustBeThere.length)).toEqual(mustBeThere);
  expect(before.slice(0, episode.length)).toEqual([...episode.ticks]);
});
