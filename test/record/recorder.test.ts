import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryEpisodeStore } from '../../src/record/memory-store.ts';
import { Recorder } from '../../src/record/recorder.ts';
import type { Moment } from '../../src/record/moment.ts';
import { defineSpec } from '../../src/record/spec.ts';
import type { Observation } from '../../src/record/spec.ts';
import type { ForesightError } from '../../src/util/error.ts';
import { FailingStore } from './failing-store.ts';
import { DUELIST, OBSERVATION, expectError, header } from './fixtures.ts';

const at = (tick: number, action = 'jab', more: Partial<Moment> = {}): Moment => ({
  tick,
  action,
  observation: { ...OBSERVATION, x: tick },
  ...more,
});

const EVERY_THREE = defineSpec({ ...DUELIST, sampling: { kind: 'everyTicks', ticks: 3 } });

function recording(spec = DUELIST): Recorder {
  const recorder = new Recorder({ spec, session: 'evening' });
  recorder.begin('hero', { id: 'a' });
  return recorder;
}

describe('a recording', () => {
  it('is an episode of all steps in columns, with its header', async () => {
    const recorder = new Recorder({ spec: DUELIST, session: 'evening' });
    recorder.begin('hero', { id: 'a', meta: { level: 3 }, learn: false });
    const step = recorder.act('hero', at(-3, 'block'));
    expect(step).toEqual({ tick: -3, action: 2, values: Float32Array.of(-3, 0, 2, 7) });
    recorder.act('hero', at(5, 'idle', { observation: { ...OBSERVATION, x: null } }));
    expect(await recorder.end('hero', 'terminated', 9)).toEqual({
      id: 'a',
      session: 'evening',
      character: 'hero',
      end: 'terminated',
      endTick: 9,
      learn: false,
      meta: { level: 3 },
      length: 2,
      ticks: Int32Array.of(-3, 5),
      actions: Uint16Array.of(2, 0),
      columns: [
        Float32Array.of(-3, NaN),
        Float32Array.of(0, 0),
        Float32Array.of(2, 2),
        Float32Array.of(7, 7),
      ],
    });
  });

  it('has no limit of steps', async () => {
    const recorder = recording();
    const ticks = Array.from({ length: 1000 }, (_, i) => 2 * i);
    for (const tick of ticks) recorder.act('hero', at(tick, tick % 4 ? 'jab' : 'idle'));
    const episode = await recorder.end('hero', 'truncated');
    expect([...episode.ticks]).toEqual(ticks);
    expect([...episode.columns[0]]).toEqual(ticks);
    expect([...episode.actions]).toEqual(ticks.map((tick) => (tick % 4 ? 1 : 0)));
    expect(episode.columns[3]).toHaveLength(1000);
  });

  it('runs for many characters at once, each with its own ticks', async () => {
    const recorder = new Recorder({ spec: DUELIST });
    const names = ['hero', 'rival', 'crow'];
    for (const name of names) recorder.begin(name);
    for (let i = 0; i < 200; i++)
      names.forEach((name, n) => recorder.act(name, at(1000 * n + i, 'jab')));
    expect(recorder.recording).toEqual(names);
    const rival = await recorder.end('rival', 'terminated');
    expect(recorder.recording).toEqual(['hero', 'crow']);
    const [hero, crow] = await recorder.endAll('truncated');
    expect([hero, rival, crow].map(({ length, ticks }) => [length, ticks[0]])).toEqual([
      [200, 0],
      [200, 1000],
      [200, 2000],
    ]);
    expect(new Set([hero.id, rival.id, crow.id])).toHaveLength(3);
    expect(new Set([hero.session, rival.session, crow.session])).toEqual(
      new Set([recorder.session]),
    );
    expect(recorder.recording).toEqual([]);
  });

  it('can be read as a copy while it runs', () => {
    const recorder = recording();
    recorder.act('hero', at(1));
    const current = recorder.current('hero');
    recorder.act('hero', at(2));
    expect(current).toMatchObject({ id: 'a', length: 1, end: 'truncated', endTick: 1 });
    expect([...current.ticks]).toEqual([1]);
    expect(recorder.current('hero').length).toBe(2);
  });

  it('does not change when the row that a step returned is changed', async () => {
    const recorder = recording();
    recorder.act('hero', at(1)).values.fill(99);
    expect([...(await recorder.end('hero', 'truncated')).columns[0]]).toEqual([1]);
  });
});

describe('when a step is recorded', () => {
  it('act: always, even for the same action again', () => {
    const recorder = recording();
    for (const tick of [1, 4, 4]) recorder.act('hero', at(tick));
    expect([...recorder.current('hero').ticks]).toEqual([1, 4, 4]);
  });

  it('sample on change: at the first tick and whenever the action differs', () => {
    const recorder = recording();
    const actions = ['jab', 'jab', 'block', 'block', 'jab', 'jab'];
    const steps = actions.map((action, tick) => recorder.sample('hero', at(tick, action)));
    expect(steps.map((step) => step?.tick)).toEqual([0, undefined, 2, undefined, 4, undefined]);
  });

  it('sample every three ticks: whatever the action, even when ticks were skipped', () => {
    const recorder = recording(EVERY_THREE);
    for (const tick of [-2, -1, 0, 1, 2, 7, 8, 9, 10])
      recorder.sample('hero', at(tick, tick % 2 ? 'jab' : 'idle'));
    expect([...recorder.current('hero').ticks]).toEqual([-2, 1, 7, 10]);
  });

  it('sample: the episode ends at the last tick that was passed, recorded or not', async () => {
    const recorder = recording(EVERY_THREE);
    recorder.sample('hero', at(1));
    recorder.sample('hero', at(3));
    expect(await recorder.end('hero', 'terminated')).toMatchObject({ length: 1, endTick: 3 });
  });

  it('act: never for a spec that is sampled every few ticks', () =>
    expectError(
      () => recording(EVERY_THREE).act('hero', at(1)),
      'bad-spec',
      /every 3 ticks\. Call sample\(\) at every tick/,
    ));
});

describe('a bad step', () => {
  const broken = (observation: Record<string, unknown>): Partial<Moment> => ({
    observation: observation as Observation,
  });

  it.each<[string, Moment, 'unknown-action' | 'bad-observation' | 'bad-data', RegExp]>([
    [
      'an unknown action',
      at(9, 'jap'),
      'unknown-action',
      /"duelist" has no action "jap"\. Did you mean "jab"\? Its actions are idle, jab, block/,
    ],
    [
      'no action',
      at(9, undefined as never, { action: undefined as never }),
      'unknown-action',
      /idle, jab, block/,
    ],
    [
      'a missing field',
      at(9, 'jab', broken({ ...OBSERVATION, stage: undefined })),
      'bad-observation',
      /"stage".* is missing\. .*null if it is not known at this tick/,
    ],
    ['NaN', at(9, 'jab', broken({ ...OBSERVATION, x: NaN })), 'bad-observation', /"x".* is NaN\./],
    [
      'an unknown category',
      at(9, 'jab', broken({ ...OBSERVATION, rivalAction: 'kick' })),
      'bad-observation',
      /"rivalAction".* is "kick"/,
    ],
    ['no observation', at(9, 'jab', broken(null as never)), 'bad-observation', /is null/],
    ['a falling tick', at(4), 'bad-data', /"a" of "hero": the tick falls from 5 to 4\. End the/],
    ['half a tick', at(9.5), 'bad-data', /the tick is 9\.5\. Give a whole number/],
    ['a tick that does not fit', at(2 ** 31), 'bad-data', /fits into 32 bits/],
  ])('(%s) throws and changes nothing; recording continues', async (_, bad, code, message) => {
    const recorder = recording();
    recorder.act('hero', at(5));
    const before = recorder.current('hero');
    await expectError(() => recorder.act('hero', bad), code, message);
    expect(recorder.current('hero')).toEqual(before);
    recorder.act('hero', at(6, 'idle'));
    const episode = await recorder.end('hero', 'truncated');
    expect([...episode.ticks]).toEqual([5, 6]);
    expect([...episode.columns[0]]).toEqual([5, 6]);
  });

  it('is detected by sample too', async () => {
    const recorder = recording();
    recorder.sample('hero', at(5));
    await expectError(() => recorder.sample('hero', at(6, 'kick')), 'unknown-action', /"kick"/);
    await expectError(() => recorder.sample('hero', at(4)), 'bad-data', /from 5 to 4/);
    expect(recorder.current('hero')).toMatchObject({ length: 1, endTick: 5 });
  });
});

describe('a wrong call', () => {
  it('throws an error that names the missing or running episode', async () => {
    const recorder = recording();
    const none = /No episode of "rival" is running\. Call begin\("rival"\) first/;
    await expectError(() => recorder.act('rival', at(1)), 'not-ready', none);
    await expectError(() => recorder.sample('rival', at(1)), 'not-ready', none);
    await expectError(() => recorder.current('rival'), 'not-ready', none);
    await expectError(() => recorder.end('rival', 'truncated'), 'not-ready', none);
    await expectError(() => recorder.begin('hero'), 'not-ready', /"hero" is running already/);
  });

  it('to end before the last tick leaves the episode running', async () => {
    const recorder = recording();
    recorder.act('hero', at(5));
    await expectError(() => recorder.end('hero', 'terminated', 4), 'bad-data', /from 5 to 4/);
    expect(recorder.recording).toEqual(['hero']);
  });

  it('to begin with an empty id, or after dispose, begins nothing', async () => {
    const recorder = new Recorder({ spec: DUELIST });
    await expectError(() => recorder.begin('hero', { id: '' }), 'bad-data', /id is empty/);
    await recorder.dispose();
    await expectError(() => recorder.begin('hero'), 'not-ready', /disposed\. Make a new one/);
    expect(recorder.recording).toEqual([]);
  });

  it('with a bad spec or flushMs makes no recorder', async () => {
    const bad = { ...DUELIST, tickRate: 0 };
    await expectError(() => new Recorder({ spec: bad }), 'bad-spec', /tickRate is 0/);
    for (const flushMs of [-1, NaN])
      await expectError(
        () => new Recorder({ spec: DUELIST, flushMs }),
        'bad-config',
        /flushMs is (-1|NaN)\. Give milliseconds/,
      );
  });
});

describe('with a store', () => {
  let store: FailingStore;
  let errors: ForesightError[];
  let recorder: Recorder;

  beforeEach(() => {
    vi.useFakeTimers();
    store = new FailingStore();
    errors = [];
    recorder = new Recorder({ spec: DUELIST, store, onError: (error) => errors.push(error) });
  });
  afterEach(() => void vi.useRealTimers());

  const full = (): Error => new DOMException('no room', 'QuotaExceededError');
  const begin = (): void => recorder.begin('hero', { id: 'a' });
  const act = (...ticks: number[]): void => {
    for (const tick of ticks) recorder.act('hero', at(tick));
  };

  it('writes the steps of half a second as one chunk, and has no timer when all is written', async () => {
    expect(vi.getTimerCount()).toBe(0);
    begin();
    expect(vi.getTimerCount()).toBe(0);
    act(1, 2, 3);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(499);
    expect(store.attempts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(store.attempts).toEqual(['begin a', 'append a 1,2,3']);
    expect(vi.getTimerCount()).toBe(0);
    act(4);
    await vi.advanceTimersByTimeAsync(500);
    expect(store.attempts.slice(2)).toEqual(['append a 4']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.attempts).toHaveLength(3);
    expect(await store.list()).toMatchObject([{ id: 'a', steps: 4, finished: false }]);
  });

  it('stores the same episode that end returns', async () => {
    begin();
    act(1, 2);
    await recorder.flush();
    act(3);
    const episode = await recorder.end('hero', 'terminated', 7);
    expect(await store.load(DUELIST)).toEqual([episode]);
    expect(store.attempts.slice(2)).toEqual(['append a 3', 'finish a terminated 7']);
    expect(await store.list()).toMatchObject([{ finished: true }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stores nothing of an episode without steps', async () => {
    begin();
    expect(await recorder.end('hero', 'terminated')).toMatchObject({ length: 0, endTick: 0 });
    await recorder.flush();
    expect(store.attempts).toEqual([]);
  });

  it('continues in memory when the storage is full, reports it once, and writes everything later', async () => {
    begin();
    act(1, 2);
    await vi.advanceTimersByTimeAsync(500);
    store.fault = full();
    act(3);
    await vi.advanceTimersByTimeAsync(500);
    act(4);
    await vi.advanceTimersByTimeAsync(5000);
    expect(store.attempts.filter((one) => one === 'append a 3,4').length).toBeGreaterThan(1);
    expect(errors.map(({ code }) => code)).toEqual(['storage-full']);
    expect(errors[0].message).toMatch(/is full\. Export and delete old sessions/);
    expect(recorder.unsaved()).toMatchObject([{ id: 'a', length: 4 }]);
    expect(recorder.current('hero').length).toBe(4);

    store.fault = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(recorder.unsaved()).toEqual([]);
    const [stored] = await store.load(DUELIST);
    expect([...stored.ticks]).toEqual([1, 2, 3, 4]);
    expect(vi.getTimerCount()).toBe(0);
    expect(errors).toHaveLength(1);
  });

  it('reports each cause once, and again if it recurs after a successful write', async () => {
    begin();
    const faults = [full(), full(), new DOMException('gone', 'UnknownError'), null, full()];
    for (const [tick, fault] of faults.entries()) {
      store.fault = fault;
      act(tick);
      await recorder.flush();
    }
    expect(errors.map(({ code }) => code)).toEqual(['storage-full', 'storage', 'storage-full']);
  });

  it('returns the whole episode at its end, and keeps trying to store it', async () => {
    store.fault = full();
    begin();
    act(1, 2, 3);
    const episode = await recorder.end('hero', 'terminated', 5);
    expect(episode).toMatchObject({ length: 3, end: 'terminated', endTick: 5 });
    expect(await store.list()).toEqual([]);
    expect(recorder.unsaved()).toEqual([episode]);
    store.fault = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await store.load(DUELIST)).toEqual([episode]);
    expect(recorder.unsaved()).toEqual([]);
  });

  it('stores the other episodes when the store refuses one', async () => {
    await store.begin(DUELIST, header('a'));
    begin();
    recorder.begin('rival', { id: 'b' });
    act(1);
    recorder.act('rival', at(1));
    await vi.advanceTimersByTimeAsync(500);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/has an episode "a" already/),
    ]);
    expect(await store.list()).toMatchObject([
      { id: 'a', steps: 0 },
      { id: 'b', steps: 1 },
    ]);
    expect(vi.getTimerCount()).toBe(0);
    expect(recorder.unsaved()).toMatchObject([{ id: 'a', length: 1 }]);
  });

  it('ends and writes everything when it is disposed, and leaves no timer', async () => {
    begin();
    act(1, 2);
    await recorder.dispose();
    await recorder.dispose();
    expect(await store.list()).toMatchObject([{ steps: 2, end: 'truncated', finished: true }]);
    expect(vi.getTimerCount()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('reports what was lost when it is disposed while the store fails', async () => {
    store.fault = full();
    begin();
    act(1, 2);
    await recorder.dispose();
    expect(errors.map(({ message }) => message).at(-1)).toMatch(
      /1 episodes with 2 steps could not be stored\. Save what unsaved\(\)/,
    );
    expect(recorder.unsaved()).toMatchObject([{ id: 'a', length: 2, end: 'truncated' }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('warns on the console when there is no error listener', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    store.fault = full();
    recorder = new Recorder({ spec: DUELIST, store });
    begin();
    act(1);
    await recorder.flush();
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/\[foresight\] .* is full/)]]);
    warn.mockRestore();
  });
});

it('writes while further steps are recorded, without losing or repeating any', async () => {
  const store = new MemoryEpisodeStore();
  const recorder = new Recorder({ spec: DUELIST, store, flushMs: 0 });
  recorder.begin('hero');
  for (let tick = 0; tick < 300; tick++) {
    recorder.act('hero', at(tick));
    if (tick % 7 === 0) void recorder.flush();
    if (tick % 5 === 0) await Promise.resolve();
  }
  const episode = await recorder.end('hero', 'terminated');
  expect(await store.load(DUELIST)).toEqual([episode]);
  expect(episode.length).toBe(300);
  await recorder.dispose();
});
