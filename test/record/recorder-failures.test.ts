import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Recorder } from '../../src/record/recorder.ts';
import type { ForesightError } from '../../src/util/error.ts';
import { FailingStore } from './failing-store.ts';
import { DUELIST, OBSERVATION, expectError } from './fixtures.ts';

const full = (): Error => new DOMException('', 'QuotaExceededError');
let store: FailingStore;
let errors: ForesightError[];
let recorder: Recorder;

beforeEach(() => {
  vi.useFakeTimers();
  store = new FailingStore();
  errors = [];
  recorder = new Recorder({ spec: DUELIST, store, onError: (error) => errors.push(error) });
  recorder.begin('hero', { id: 'a' });
});
afterEach(async () => {
  await recorder.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const act = (character: string, ...ticks: number[]): void => {
  for (const tick of ticks)
    recorder.act(character, { tick, action: 'jab', observation: OBSERVATION });
};

it('waits longer after each failure of the store, half a minute at most', async () => {
  store.fault = full();
  act('hero', 1);
  await vi.advanceTimersByTimeAsync(500 + 1000 + 2000 + 4000 + 8000 + 16_000);
  expect(store.attempts).toHaveLength(6);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(store.attempts).toHaveLength(7);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(store.attempts).toHaveLength(8);
  store.fault = null;
  await recorder.flush();
  act('hero', 2);
  await vi.advanceTimersByTimeAsync(500);
  expect(store.attempts.at(-1)).toBe('append a 2');
});

it('reports a cause that several characters share only once', async () => {
  recorder.begin('rival', { id: 'b' });
  store.fault = full();
  act('hero', 1);
  act('rival', 1);
  await recorder.flush();
  expect(store.attempts).toEqual(['begin a', 'begin b']);
  expect(errors.map(({ code, cause }) => [code, cause])).toEqual([['storage-full', store.fault]]);
  store.fault = null;
});

it('converts anything that a store may throw to a ForesightError', async () => {
  act('hero', 1);
  store.fault = 'odd' as never;
  await recorder.flush();
  expect(errors).toMatchObject([
    { code: 'storage', message: expect.stringMatching(/"a" failed \(error: odd\)\. Reload/) },
  ]);
  store.fault = null;
});

it('stops writing an episode that was deleted during recording, and continues with the others', async () => {
  recorder.begin('rival', { id: 'b' });
  act('hero', 1);
  await recorder.flush();
  await store.clear();
  act('hero', 2);
  act('rival', 2);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(store.attempts.filter((one) => one.startsWith('append a'))).toEqual([
    'append a 1',
    'append a 2',
  ]);
  expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/no episode "a"/)]);
  expect(await recorder.end('rival', 'terminated')).toMatchObject({ length: 1 });
  expect(await recorder.end('hero', 'terminated')).toMatchObject({ length: 2 });
  expect(await store.list()).toMatchObject([{ id: 'b', finished: true }]);
});

it('keeps writing when a listener throws', async () => {
  const thrown: unknown[] = [];
  const microtask = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
    try {
      task();
    } catch (error) {
      thrown.push(error);
    }
  });
  const fault = new Error('of the game');
  const onError = (): never => {
    throw fault;
  };
  const careless = new Recorder({ spec: DUELIST, store, onError });
  careless.begin('hero', { id: 'c' });
  careless.act('hero', { tick: 1, action: 'jab', observation: OBSERVATION });
  store.fault = full();
  await careless.flush();
  store.fault = null;
  await careless.dispose();
  microtask.mockRestore();
  expect(thrown).toEqual([fault]);
  expect(await store.list()).toMatchObject([{ id: 'c', finished: true }]);
});

it('makes one write at a time, however often it is flushed while the store is slow', async () => {
  const append = store.append.bind(store);
  let [running, most] = [0, 0];
  store.append = async (...args) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await append(...args);
    running--;
  };
  act('hero', 1);
  void recorder.flush();
  act('hero', 2);
  void recorder.flush();
  await vi.advanceTimersByTimeAsync(50);
  act('hero', 3);
  const ended = recorder.end('hero', 'terminated');
  await vi.advanceTimersByTimeAsync(1000);
  expect(most).toBe(1);
  expect(await store.load(DUELIST)).toEqual([await ended]);
  expect(errors).toEqual([]);
});

it('begins nothing with meta that cannot be stored', () =>
  expectError(
    () => recorder.begin('rival', { meta: { score: NaN } }),
    'bad-data',
    /meta must hold/,
  ));

it('reads the observation only when a step is recorded', () => {
  const observation = { ...OBSERVATION, x: NaN };
  act('hero', 1);
  expect(recorder.sample('hero', { tick: 2, action: 'jab', observation })).toBeNull();
  expect(() => recorder.sample('hero', { tick: 3, action: 'idle', observation })).toThrow(/NaN/);
});
