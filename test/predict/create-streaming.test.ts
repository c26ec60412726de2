import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';
import { allowWasm, forbidWasm } from './without-wasm.ts';

const set = habitualEpisodes({ sessions: 1, length: 20, seed: 1 });
const checkpoint = randomCheckpoint(set, { seed: 5 });
const step = stepAt(set.episodes[0], 0);

const load = () => import('../../src/predict/predictor.ts');

describe('where WebAssembly is forbidden', () => {
  beforeEach(forbidWasm);
  afterEach(allowWasm);

  it('`create` makes a predictor in plain TypeScript', async () => {
    const { Predictor } = await load();
    const { createPredictor } = await import('../../src/predict/create-predictor.ts');
    expect(() => createPredictor(checkpoint)).toThrow(/Security Policy.*await Predictor\.create/);
    const predictor = await Predictor.create(checkpoint);
    expect(predictor.engine).toBe('cpu');
    expect(predictor.observe('x', step).steps).toBe(1);
    expect(console.warn).toHaveBeenCalledTimes(1);
    // Plain TypeScript is there from now on.
    expect(createPredictor(checkpoint).engine).toBe('cpu');
    predictor.swap(randomCheckpoint(set, { seed: 6 }));
    expect(predictor.prediction('x')).not.toBeNull();
  });

  it('`create` still rejects wrong options', async () => {
    const { Predictor } = await load();
    await expect(Predictor.create(checkpoint, { memory: 0 })).rejects.toMatchObject({
      code: 'bad-config',
    });
  });
});

it('`create` takes WebAssembly where it runs', async () => {
  const { Predictor } = await load();
  expect((await Predictor.create(checkpoint)).engine).toBe('wasm');
});

it('`create` rejects with the cure where the code that predicts cannot be loaded', async () => {
  vi.resetModules();
  vi.doMock('../../src/predict/create-streaming.ts', () => {
    throw new Error('404');
  });
  const { Predictor } = await load();
  await expect(Predictor.create(checkpoint)).rejects.toMatchObject({
    code: 'not-ready',
    message: expect.stringMatching(/^What predicts could not be loaded.*Serve all files/),
  });
  vi.doUnmock('../../src/predict/create-streaming.ts');
  expect((await Predictor.create(checkpoint)).engine).toBe('wasm');
});
