import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 1 });
const [first, second] = set.episodes;

afterEach(() => vi.unstubAllGlobals());

/** The real thing with another constructor of memories; its functions are no enumerable properties. */
function replaceMemory(Memory: unknown): void {
  const { Module, Instance, CompileError, validate } = WebAssembly;
  vi.stubGlobal('WebAssembly', { Memory, Module, Instance, CompileError, validate });
}

/** Counts the memories that are made from now on. */
function countMemories(): { made: number } {
  const count = { made: 0 };
  class Counted extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      count.made++;
    }
  }
  replaceMemory(Counted);
  return count;
}

// A blend remembers what the old weights were worth, so nothing is blended here.

/** Observes both episodes, the second one as another character. */
function watch(predictor: Predictor, from: number, to: number): unknown[] {
  return Array.from({ length: to - from }, (_, i) => [
    predictor.observe('left', stepAt(first, from + i)),
    predictor.observe('right', stepAt(second, from + i)),
  ]);
}

describe.each([
  ['LSTM', { units: 5 }],
  ['GRU with a feed-forward network', { cell: 'gru', units: 5, layers: 2, feedForward: 3 }],
] as const)('the memory of a predictor, %s', (_, model) => {
  const one = randomCheckpoint(set, { seed: 1, model });
  const other = randomCheckpoint(set, { seed: 2, model });
  const broken = { ...one, weights: one.weights.map(() => NaN) };

  it('serves any number of swaps', () => {
    const count = countMemories();
    const predictor = createPredictor(one, { blend: false });
    expect(predictor.engine).toBe('wasm');
    watch(predictor, 0, 3);
    for (let i = 0; i < 400; i++) predictor.swap(i % 2 ? one : other);
    expect(count.made).toBe(2);
  });

  it('keeps no trace of the weights before, not even of broken ones', () => {
    const predictor = createPredictor(one, { blend: false });
    watch(predictor, 0, 10);
    const swaps: readonly Checkpoint[] = [other, one, broken, other, broken, one, broken];
    for (const next of swaps) {
      if (next === broken) {
        const before = predictor.checkpoint;
        expect(() => predictor.swap(next)).toThrow(expect.objectContaining({ code: 'diverged' }));
        expect(predictor.checkpoint).toBe(before);
        continue;
      }
      predictor.swap(next);
      const fresh = createPredictor(next, { blend: false });
      watch(fresh, 0, 10);
      for (const name of ['left', 'right'])
        expect(predictor.prediction(name)).toEqual(fresh.prediction(name));
    }
    const fresh = createPredictor(one, { blend: false });
    watch(fresh, 0, 10);
    expect(watch(predictor, 10, 30)).toEqual(watch(fresh, 10, 30));
  });
});

it('takes a memory of its own for weights of another shape', () => {
  const small = randomCheckpoint(set, { seed: 1, model: { units: 4 } });
  const large = randomCheckpoint(set, { seed: 1, model: { units: 12 } });
  const predictor = createPredictor(small, { blend: false });
  watch(predictor, 0, 10);
  for (const next of [large, small, small, large]) {
    predictor.swap(next);
    const fresh = createPredictor(next, { blend: false });
    watch(fresh, 0, 10);
    expect(predictor.prediction('left')).toEqual(fresh.prediction('left'));
  }
});

it('uses memory again whatever the order of the keys of the shape', () => {
  const one = randomCheckpoint(set, { seed: 1 });
  const shape = Object.fromEntries(
    Object.entries(one.shape).reverse(),
  ) as unknown as typeof one.shape;
  const count = countMemories();
  const predictor = createPredictor(one, { blend: false });
  for (let i = 0; i < 10; i++) predictor.swap(i % 2 ? one : { ...one, shape });
  expect(count.made).toBe(2);
});

it('continues in plain TypeScript where there is no memory, with one warning', async () => {
  replaceMemory(function Exhausted(): never {
    throw new RangeError('could not allocate memory');
  });
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const predictor = await Predictor.create(randomCheckpoint(set, { seed: 1 }));
  predictor.swap(randomCheckpoint(set, { seed: 2 }));
  expect(predictor.engine).toBe('cpu');
  watch(predictor, 0, 5);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/12 times.*could not allocate memory/)]]);
  vi.unstubAllGlobals();
  predictor.swap(randomCheckpoint(set, { seed: 3 }));
  expect(predictor.engine).toBe('wasm');
});
