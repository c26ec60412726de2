import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeStore } from '../../src/record/episode-store.ts';
import { specHash } from '../../src/record/spec.ts';
import { DUELIST, KICKER, chunkAt, episodeAt, expectError, header } from './fixtures.ts';
import { SCOUT } from './scout.ts';

/** What every store must do. `open` gives an empty one. */
export function storeCases(open: () => Promise<EpisodeStore>): void {
  let store: EpisodeStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  /** Stores a whole episode with steps at these ticks. */
  const put = async (id: string, ...ticks: number[]): Promise<void> => {
    await store.begin(DUELIST, header(id));
    await store.append(id, chunkAt(...ticks));
    await store.finish(id, 'terminated', ticks.at(-1) ?? 0);
  };
  const ids = async (): Promise<string[]> => (await store.list()).map(({ id }) => id);

  describe('keeping', () => {
    it('gives back exactly what was appended, chunk after chunk', async () => {
      await store.begin(DUELIST, header('a'));
      await store.append('a', chunkAt(-39, 0, 0));
      await store.append('a', chunkAt(7));
      await store.append('a', chunkAt(7, 9));
      await store.finish('a', 'terminated', 12);
      const [episode, ...others] = await store.load(DUELIST);
      expect(others).toEqual([]);
      const ticks = [-39, 0, 0, 7, 7, 9];
      expect(episode).toEqual({
        ...header('a', { end: 'terminated', endTick: 12 }),
        length: 6,
        ticks: Int32Array.from(ticks),
        actions: Uint16Array.of(0, 1, 2, 0, 0, 1),
        columns: chunkAt(...ticks).columns,
      });
    });

    it('keeps every number of a vector', async () => {
      const columns = [1, 2, 3, NaN, 1].map((value) => Float32Array.of(value, value / 8));
      const scouted = { ...chunkAt(1, 2), columns };
      await store.begin(SCOUT, header('a'));
      await store.append('a', scouted);
      await store.finish('a', 'terminated', 2);
      expect(await store.load(SCOUT)).toMatchObject([scouted]);
    });

    it('keeps copies, and gives copies', async () => {
      const chunk = chunkAt(1, 2);
      await store.begin(DUELIST, header('a'));
      await store.append('a', chunk);
      chunk.columns[0].fill(99);
      const [first] = await store.load(DUELIST);
      first.actions.fill(2);
      expect((await store.load(DUELIST))[0]).toMatchObject(chunkAt(1, 2));
    });

    it('lists what it has, oldest first, whatever the ids', async () => {
      const before = Date.now();
      await put('z', 1, 2);
      await store.begin(
        DUELIST,
        header('a', { session: 'morning', character: 'rival', learn: false }),
      );
      await store.append('a', chunkAt(5, 8, 9));
      const [z, a] = await store.list();
      expect(z).toEqual({
        ...header('z', { end: 'terminated', endTick: 2 }),
        steps: 2,
        bytes: 44,
        specHash: specHash(DUELIST),
        startedAt: expect.any(Number),
        finished: true,
      });
      expect(a).toMatchObject({
        id: 'a',
        session: 'morning',
        character: 'rival',
        learn: false,
        steps: 3,
      });
      expect(z.startedAt).toBeGreaterThanOrEqual(before);
      expect(a.startedAt).toBeLessThanOrEqual(Date.now());
    });

    it('counts episodes, steps and bytes', async () => {
      expect(await store.size()).toEqual({ episodes: 0, steps: 0, bytes: 0 });
      await put('a', 1, 2, 3);
      await put('b', 4);
      // A step: tick 4, action 2, four floats; actions padded to 4 bytes in each chunk.
      expect(await store.size()).toEqual({
        episodes: 2,
        steps: 4,
        bytes: 12 + 8 + 48 + (4 + 4 + 16),
      });
    });

    it('takes chunks and whole episodes without steps', async () => {
      await store.begin(DUELIST, header('a', { endTick: 5 }));
      await store.append('a', chunkAt());
      await store.finish('a', 'terminated', 5);
      expect(await store.load(DUELIST)).toEqual([{ ...episodeAt('a'), endTick: 5 }]);
    });

    it('adds whole episodes, the same as if they had been recorded chunk by chunk', async () => {
      await store.add(DUELIST, { ...episodeAt('a', 1, 2, 3), endTick: 9 });
      await put('b', 1, 2, 3);
      await store.add(KICKER, { ...episodeAt('k'), endTick: 5 });
      expect(await store.load(DUELIST, ['a'])).toEqual([
        { ...episodeAt('a', 1, 2, 3), endTick: 9 },
      ]);
      const [a, b, k] = await store.list();
      expect(a).toEqual({
        ...b,
        id: 'a',
        endTick: 9,
        startedAt: expect.any(Number),
      });
      expect(k).toMatchObject({ id: 'k', steps: 0, bytes: 0, finished: true, endTick: 5 });
      await expectError(() => store.append('a', chunkAt(10)), 'bad-data', /is finished/);
      expect(await store.undoLast()).toBe('k');
    });

    it('loads an unfinished episode as truncated at its last step', async () => {
      await store.begin(DUELIST, header('a', { end: 'terminated' }));
      await store.append('a', chunkAt(3, 4));
      await store.append('a', chunkAt(11));
      expect(await store.list()).toMatchObject([
        { id: 'a', finished: false, steps: 3, end: 'truncated' },
      ]);
      expect(await store.load(DUELIST)).toMatchObject([
        { id: 'a', end: 'truncated', endTick: 11, length: 3 },
      ]);
    });
  });

  describe('choosing', () => {
    it('loads only episodes of the spec, unless asked for another', async () => {
      await put('a', 1);
      await store.begin(KICKER, header('k'));
      await put('b', 2);
      expect((await store.load(DUELIST)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect((await store.load({ ...KICKER, name: 'renamed' })).map(({ id }) => id)).toEqual(['k']);
      await expectError(
        () => store.load(DUELIST, ['a', 'k']),
        'spec-mismatch',
        /Episode "k" was made for another spec \(actions only here: block; actions only there: kick\)/,
      );
    });

    it('loads chosen episodes in the order asked for', async () => {
      await put('a', 1);
      await put('b', 2);
      await put('c', 3);
      expect((await store.load(DUELIST, ['c', 'a'])).map(({ id }) => id)).toEqual(['c', 'a']);
      expect(await store.load(DUELIST, [])).toEqual([]);
    });
  });

  describe('changing one’s mind', () => {
    it('marks episodes as not to be learned, also while they are recorded', async () => {
      await store.begin(DUELIST, header('a'));
      await store.setLearn('a', false);
      await store.append('a', chunkAt(1));
      await store.finish('a', 'terminated', 1);
      expect(await store.load(DUELIST)).toMatchObject([{ id: 'a', learn: false, length: 1 }]);
      await store.setLearn('a', true);
      expect(await store.list()).toMatchObject([
        { id: 'a', learn: true, finished: true, steps: 1 },
      ]);
    });

    it('undoes the episode that began last, one by one', async () => {
      await put('b', 1);
      await put('a', 2);
      expect(await store.undoLast()).toBe('a');
      expect(await ids()).toEqual(['b']);
      expect(await store.undoLast()).toBe('b');
      expect(await store.undoLast()).toBeNull();
      expect(await store.size()).toEqual({ episodes: 0, steps: 0, bytes: 0 });
    });

    it('removes one episode with its steps; its id is free again', async () => {
      await put('a', 1, 2);
      await put('b', 3);
      await store.remove('a');
      await store.remove('never there');
      expect(await ids()).toEqual(['b']);
      await put('a', 9);
      expect(await store.load(DUELIST, ['a'])).toEqual([episodeAt('a', 9)]);
    });

    it('clears everything', async () => {
      await put('a', 1);
      await store.begin(KICKER, header('k'));
      await store.clear();
      expect(await store.list()).toEqual([]);
      await put('a', 1);
      expect(await store.load(DUELIST)).toEqual([episodeAt('a', 1)]);
    });
  });

  describe('bad input changes nothing:', () => {
    beforeEach(async () => {
      await store.begin(DUELIST, header('a'));
      await store.append('a', chunkAt(5, 6));
    });
    afterEach(async () => {
      const a = (await store.list()).find(({ id }) => id === 'a');
      expect(a).toMatchObject({
        steps: 2,
        endTick: 6,
        end: 'truncated',
        finished: false,
        learn: true,
      });
      expect(await store.load(DUELIST, ['a'])).toMatchObject([chunkAt(5, 6)]);
    });

    it('an id that is taken', () =>
      expectError(
        () => store.begin(DUELIST, header('a')),
        'bad-data',
        /has an episode "a" already.*own id/,
      ));

    it('a whole episode that does not fit', async () => {
      const whole = episodeAt('b', 7, 8);
      const columns = whole.columns.slice(1);
      await expectError(
        () => store.add(DUELIST, episodeAt('a', 7)),
        'bad-data',
        /has an episode "a" already/,
      );
      await expectError(() => store.add(DUELIST, { ...whole, columns }), 'bad-data', /3 columns/);
      await expectError(
        () => store.add(DUELIST, { ...whole, endTick: 7 }),
        'bad-data',
        /"b".*tick 7, before 8/,
      );
      await expectError(
        () => store.add(DUELIST, { ...whole, meta: { speed: NaN } }),
        'bad-data',
        /episode "b" is wrong: meta/,
      );
      expect(await ids()).toEqual(['a']);
    });

    it('a bad header', () =>
      expectError(
        () => store.begin(DUELIST, header('b', { meta: { speed: NaN } })),
        'bad-data',
        /episode "b" is wrong: meta/,
      ));

    it('an episode that is not there', async () => {
      const unknown = /no episode "b".*list\(\)/;
      await expectError(() => store.append('b', chunkAt(1)), 'bad-data', unknown);
      await expectError(() => store.finish('b', 'terminated', 1), 'bad-data', unknown);
      await expectError(() => store.setLearn('b', false), 'bad-data', unknown);
      await expectError(() => store.load(DUELIST, ['a', 'b']), 'bad-data', unknown);
    });

    it('ticks that fall', async () => {
      await expectError(
        () => store.append('a', chunkAt(5)),
        'bad-data',
        /"a".* falls from 6 to 5\. Begin a new/,
      );
      await expectError(
        () => store.append('a', chunkAt(8, 7)),
        'bad-data',
        /"a".* falls from 8 to 7/,
      );
      await expectError(
        () => store.finish('a', 'terminated', 5),
        'bad-data',
        /"a".*tick 5, before 6/,
      );
    });

    it('steps that do not fit the spec', async () => {
      const chunk = chunkAt(7);
      const narrow = { ...chunk, columns: chunk.columns.slice(1) };
      const unknown = { ...chunk, actions: Uint16Array.of(3) };
      const short = { ...chunk, ticks: new Int32Array(0) };
      await expectError(() => store.append('a', narrow), 'bad-data', /3 columns .*4 fields/);
      await expectError(() => store.append('a', unknown), 'bad-data', /action 3/);
      await expectError(() => store.append('a', short), 'bad-data', /1 steps but has 0 ticks/);
    });
  });

  it('refuses steps after the end', async () => {
    await put('a', 1);
    await expectError(
      () => store.append('a', chunkAt(2)),
      'bad-data',
      /"a".*is finished\. Begin a new one/,
    );
    expect(await store.load(DUELIST)).toEqual([episodeAt('a', 1)]);
  });

  it('refuses everything after it was closed', async () => {
    await store.close();
    const closed = /store is closed\. Open a new one/;
    await expectError(() => store.begin(DUELIST, header('a')), 'not-ready', closed);
    await expectError(() => store.list(), 'not-ready', closed);
    await expectError(() => store.load(DUELIST), 'not-ready', closed);
    await expectError(() => store.clear(), 'not-ready', closed);
  });
}
