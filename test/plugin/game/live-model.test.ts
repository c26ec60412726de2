import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveModel, KEPT_ACCURACIES } from '../../../plugin/game/live-model.ts';
import { stepAt } from '../../../src/core.ts';
import type { Checkpoint } from '../../../src/core.ts';
import { tinyCheckpoint } from '../../browser/plugin/fixtures/checkpoint.ts';
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
