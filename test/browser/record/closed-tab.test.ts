import { expect, it, vi } from 'vitest';
import { DUELIST } from '../../record/fixtures.ts';
import { useDatabases } from './database.ts';

const databases = useDatabases();

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
  const recorded = (): number[] => [...(inside.recorded ?? [])];
  const duration = (ticks: number[]): number => (ticks.at(-1) ?? 0) - (ticks[0] ?? 0);
  await vi.waitFor(() => expect(duration(recorded())).toBeGreaterThan(1000), { timeout: 20_000 });

  // Whenever it were closed in the next seconds, the older steps would be there.
  const store = await databases.store(database);
  let before = recorded();
  while (duration(before) < 3500) {
    const [stored] = await store.list();
    expect(stored?.endTick ?? -Infinity).toBeGreaterThanOrEqual(before.at(-1)! - 1000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    before = recorded();
  }

  // No warning, no last words: no timer and no event of the tab runs from here on.
  before = recorded();
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
