import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveModel, KEPT_ACCURACIES } from '../../../plugin/game/live-model.ts';
import { loadPredicting } from '../../../plugin/game/predicting.ts';
import { stepAt } from '../../../src/core.ts';
import type { Checkpoint } from '../../../src/core.ts';
import { tinyCheckpoint } from '../../browser/plugin/fixtures/checkpoint.ts';
import type { Step } from '../../../src/record/episode.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { habitualEpisodes } from '../../predict/habitual.ts';
import { allowWasm, forbidWasm } from '../../predict/without-wasm.ts';
import { SPEC, episodeOf, habit } from '../episodes.ts';

/** Tracks a character for one scored step, then lets it go. */
function visit(model: LiveModel, character: string): void {
  model.accuracy(character).score(0, 0);
  model.remove(character);
}

it('keeps the accuracy of a character that comes back, and forgets those that left long ago', () => {
  const model = new LiveModel('duelist', { spec: SPEC, checkpoint: null });
  model.accuracy('boss').score(0, 0);
  visit(model, 'hero');
  for (let i = 1; i < KEPT_ACCURACIES; i++) visit(model, `enemy-${i}`);
  visit(model, 'hero');
  expect(model.accuracy('hero').scored).toBe(2);
  model.remove('hero');
  for (let i = 0; i < KEPT_ACCURACIES; i++) visit(model, `other-${i}`);
  expect(model.accuracy('hero').scored).toBe(0);
  expect(model.accuracy('enemy-3').scored).toBe(0);
  expect(model.accuracy('other-0').scored).toBe(1);
  // It never left.
  expect(model.accuracy('boss').scored).toBe(1);
});

it('forgets no accuracy for characters that never had one', () => {
  const model = new LiveModel('duelist', { spec: SPEC, checkpoint: null });
  visit(model, 'hero');
  for (let i = 0; i < 2 * KEPT_ACCURACIES; i++) model.remove(`enemy-${i}`);
  expect(model.accuracy('hero').scored).toBe(1);
});

it('has its first weights at once, and predicts with them once what predicts is loaded', async () => {
  vi.resetModules();
  const { LiveModel: Fresh } = await import('../../../plugin/game/live-model.ts');
  const model = new Fresh('duelist', { spec: SPEC, checkpoint: null });
  model.observe('hero', stepAt(episodeOf(habit(3)), 0));
  model.swap(tinyCheckpoint(1));
  expect(model).toMatchObject({ checkpoint: tinyCheckpoint(1), predictor: null });
  model.observe('hero', stepAt(episodeOf(habit(3)), 1));
  await model.ready;
  model.advance();
  // It knows what happened meanwhile.
  expect(model.predictor!.prediction('hero')).toMatchObject({ steps: 2 });
  model.swap(tinyCheckpoint(2));
  expect(model.predictor!.checkpoint).toEqual(tinyCheckpoint(2));
});

describe('weights that were learned in play', () => {
  beforeAll(loadPredicting);

  const [shipped, first, second, third] = [1, 2, 3, 4].map((seed) => tinyCheckpoint(seed));
  const episode = episodeOf(habit(100));
  const makeModel = (): LiveModel => {
    const model = new LiveModel('duelist', { spec: SPEC, checkpoint: shipped });
    for (let i = 0; i < episode.length; i++) model.observe('hero', stepAt(episode, i));
    return model;
  };

  it('are used within some frames, without another generation; the newest of those that wait', () => {
    const model = makeModel();
    const { generation } = model;
    const before = model.predictor!.prediction('hero');
    for (const next of [first, second, third]) model.learn(next);
    expect(model.checkpoint).toBe(third);
    expect(model.predictor!.prediction('hero')).toBe(before);
    expect(model.predictor!.checkpoint).toBe(first);
    for (let frame = 0; frame < 8; frame++) model.advance();
    expect(model.predictor!.checkpoint).toBe(third);
    const fresh = makeModel();
    fresh.predictor!.swap(third);
    expect(model.predictor!.prediction('hero')).toEqual(fresh.predictor!.prediction('hero'));
    expect(model.generation).toBe(generation);
  });

  it('are gone at once after a restore, those that wait too', () => {
    const model = makeModel();
    const { generation } = model;
    model.learn(first);
    model.advance();
    model.learn(second);
    model.restore();
    for (let frame = 0; frame < 9; frame++) model.advance();
    expect(model.checkpoint).toBe(shipped);
    expect(model.predictor!.checkpoint).toBe(shipped);
    expect(model.generation).toBeGreaterThan(generation);
  });

  it('that are broken leave the old ones in use', () => {
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const model = new LiveModel('duelist', { spec: SPEC, checkpoint: shipped, onError });
    model.observe('hero', stepAt(episode, 0));
    model.learn({ ...shipped, weights: shipped.weights.map(() => NaN) });
    model.advance();
    expect(errors).toMatchObject([{ code: 'diverged' }]);
    expect(model.checkpoint).toBe(shipped);
    model.learn(first);
    model.advance();
    expect(model.predictor!.checkpoint).toBe(first);
  });
});

describe('where WebAssembly is forbidden', () => {
  beforeEach(forbidWasm);
  afterEach(allowWasm);

  const load = async (first: Checkpoint): Promise<LiveModel> => {
    const { LiveModel: Fresh } = await import('../../../plugin/game/live-model.ts');
    return new Fresh('duelist', { spec: SPEC, checkpoint: first });
  };

  it('has its weights at once, and predicts with them as soon as it can', async () => {
    const model = await load(tinyCheckpoint(1));
    expect(model).toMatchObject({ checkpoint: tinyCheckpoint(1), predictor: null });
    model.observe('hero', stepAt(episodeOf(habit(3)), 0));
    await model.ready;
    expect(model.predictor).toMatchObject({ engine: 'cpu' });
    // It knows what happened meanwhile.
    expect(model.predictor!.prediction('hero')).toMatchObject({ steps: 1 });
  });

  it('predicts with the newest of the weights that it got meanwhile, or with none', async () => {
    const newest = tinyCheckpoint(2);
    const model = await load(tinyCheckpoint(1));
    model.swap(newest);
    await model.ready;
    expect(model.predictor!.checkpoint).toBe(newest);

    forbidWasm();
    const { LiveModel: Fresh } = await import('../../../plugin/game/live-model.ts');
    const untrained = new Fresh('duelist', { spec: SPEC, checkpoint: null });
    untrained.swap(newest);
    untrained.restore();
    await untrained.ready;
    expect(untrained).toMatchObject({ checkpoint: null, predictor: null });
  });
});

describe('weights whose experts have counted thousands of steps', () => {
  beforeAll(loadPredicting);

  const played = habitualEpisodes({ sessions: 4, length: 900, seed: 3 });
  const large = (seed: number): Checkpoint =>
    randomCheckpoint(played, { seed, model: { contexts: 3 } });
  const [shipped, trained] = [large(1), large(2)];
  const step = (i: number): Step => stepAt(played.episodes[0], i);

  it('are in use once these are counted; until then the old ones predict', async () => {
    const small = randomCheckpoint(habitualEpisodes({ sessions: 1, length: 60, seed: 3 }), {
      seed: 3,
    });
    const model = new LiveModel('duelist', { spec: played.spec, checkpoint: small });
    model.observe('hero', step(0));
    expect(model.predictor!.checkpoint).toBe(small);
    model.swap(shipped);
    expect(model.checkpoint).toBe(shipped);
    expect(model.predictor!.checkpoint).toBe(small);
    model.observe('hero', step(1));
    await model.ready;
    expect(model.predictor!.checkpoint).toBe(shipped);
    expect(model.predictor!.prediction('hero')).toMatchObject({ steps: 2 });
  });

  it('are not used when others came meanwhile', async () => {
    const model = new LiveModel('duelist', { spec: played.spec, checkpoint: large(4) });
    const { ready } = model;
    model.swap(trained);
    await Promise.all([ready, model.ready]);
    expect(model.predictor!.checkpoint).toBe(trained);
  });

  it('are forgotten at once', async () => {
    const model = new LiveModel('duelist', { spec: played.spec, checkpoint: large(5) });
    model.swap(trained);
    await model.ready;
    model.observe('hero', step(0));
    model.restore();
    // No prediction rather than that of a player who is to be forgotten.
    expect(model.predictor?.prediction('hero') ?? null).toBeNull();
    model.observe('hero', step(1));
    await model.ready;
    expect(model.predictor!.checkpoint).toBe(model.shipped);
    expect(model.predictor!.prediction('hero')).toMatchObject({ steps: 1 });
  });
});
