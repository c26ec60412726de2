import { describe, expect, it } from 'vitest';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 6, length: 60, seed: 1 });
const names = set.episodes.map((_, i) => `c${i}`);

describe.each([{ contexts: 0 }, { contexts: 2 }])('a gradual swap of %o', (model) => {
  const one = randomCheckpoint(set, { seed: 1, model: { units: 5, ...model } });
  const other = {
    ...one,
    weights: randomCheckpoint(set, { seed: 2, model: { units: 5, ...model } }).weights,
  };
  const watch = (predictor: Predictor, from: number, to: number): void => {
    for (let i = from; i < to; i++)
      names.forEach((name, k) => predictor.observe(name, stepAt(set.episodes[k], i)));
  };
  /** What a predictor gives that swapped at once after `swapAt` steps of `steps`. */
  const atOnce = (steps: number, swapAt = steps): Predictor => {
    const predictor = createPredictor(one);
    watch(predictor, 0, swapAt);
    predictor.swap(other);
    watch(predictor, swapAt, steps);
    return predictor;
  };

  it('comes to what one at once does, within the steps that each call may take', () => {
    const predictor = createPredictor(one);
    watch(predictor, 0, 20);
    const before = names.map((name) => predictor.prediction(name));
    const after = atOnce(20);
    predictor.beginSwap(other);
    expect(predictor.checkpoint).toBe(other);
    expect(names.map((name) => predictor.prediction(name))).toEqual(before);
    let calls = 1;
    while (!predictor.continueSwap(7)) {
      calls++;
      // Each character is predicted by the old weights or by the new ones.
      names.forEach((name, k) =>
        expect([before[k], after.prediction(name)]).toContainEqual(predictor.prediction(name)),
      );
    }
    expect(calls).toBe(Math.ceil((20 * names.length) / 7));
    for (const name of names) expect(predictor.prediction(name)).toEqual(after.prediction(name));
    watch(predictor, 20, 40);
    watch(after, 20, 40);
    for (const name of names) expect(predictor.prediction(name)).toEqual(after.prediction(name));
  });

  it('lets the game continue meanwhile, with steps, episodes and characters that come and go', () => {
    const predictor = createPredictor(one, { blend: false });
    watch(predictor, 0, 20);
    predictor.beginSwap(other);
    for (let i = 20; i < 30; i++) {
      predictor.continueSwap(5);
      watch(predictor, i, i + 1);
    }
    predictor.remove('c3');
    predictor.reset('c4');
    const begin = predictor.observe('c4', stepAt(set.episodes[4], 0));
    predictor.observe('new', stepAt(set.episodes[0], 0));
    while (!predictor.continueSwap(9));
    const expected = createPredictor(one, { blend: false });
    watch(expected, 0, 30);
    expected.reset('c4');
    expected.swap(other);
    expect(begin).toEqual(expected.observe('c4', stepAt(set.episodes[4], 0)));
    expected.observe('new', stepAt(set.episodes[0], 0));
    expect(predictor.characters).toEqual([...names.slice(0, 3), ...names.slice(4), 'new']);
    for (const name of predictor.characters)
      expect(predictor.prediction(name)).toEqual(expected.prediction(name));
  });

  it('replays what is left of a past that the memory has dropped meanwhile', () => {
    const options = { memory: 10, blend: false };
    const predictor = createPredictor(one, options);
    const [first] = set.episodes;
    const play = (target: Predictor, from: number, to: number, episode: Episode = first): void => {
      for (let i = from; i < to; i++) target.observe('c0', stepAt(episode, i));
    };
    play(predictor, 0, 15);
    predictor.beginSwap(other);
    predictor.continueSwap(4);
    play(predictor, 15, 40);
    while (!predictor.continueSwap(4));
    const expected = createPredictor(one, options);
    play(expected, 0, 40);
    expected.swap(other);
    expect(predictor.prediction('c0')).toEqual(expected.prediction('c0'));
  });

  it('observes many characters at once meanwhile', () => {
    const [predictor, expected] = [createPredictor(one), createPredictor(one)];
    for (const target of [predictor, expected]) {
      watch(target, 0, 20);
      target.beginSwap(other);
      target.continueSwap(50);
    }
    const steps = new Map(names.map((name, k) => [name, stepAt(set.episodes[k], 20)]));
    const many = predictor.observeMany(steps);
    expect(many).toEqual(Array.from(steps, ([name, step]) => expected.observe(name, step)));
  });

  it('keeps the old weights for all when the new ones are broken', () => {
    const predictor = createPredictor(one);
    watch(predictor, 0, 10);
    const before = names.map((name) => predictor.prediction(name));
    predictor.beginSwap({ ...one, weights: one.weights.map(() => NaN) });
    expect(() => predictor.continueSwap(Infinity)).toThrow(
      expect.objectContaining({ code: 'diverged' }),
    );
    expect(predictor.checkpoint).toBe(one);
    expect(predictor.continueSwap(1)).toBe(true);
    expect(names.map((name) => predictor.prediction(name))).toEqual(before);
  });

  it('gives way to a swap at once, and completes before another gradual one', () => {
    const predictor = createPredictor(one);
    watch(predictor, 0, 20);
    predictor.beginSwap(other);
    predictor.continueSwap(30);
    predictor.swap(one);
    const untouched = createPredictor(one);
    watch(untouched, 0, 20);
    for (const name of names)
      expect(predictor.prediction(name)!.actionIndex).toBe(untouched.prediction(name)!.actionIndex);
    expect(predictor.continueSwap(1)).toBe(true);
    predictor.beginSwap(other);
    predictor.beginSwap(one);
    expect(predictor.checkpoint).toBe(one);
    while (!predictor.continueSwap(100));
    for (const name of names)
      expect(predictor.prediction(name)!.actionIndex).toBe(untouched.prediction(name)!.actionIndex);
  });
});

it('is refused for other experts', () => {
  const [one, other] = [1, 2].map((seed) =>
    randomCheckpoint(set, { seed, model: { contexts: 2 } }),
  );
  expect(() => createPredictor(one).beginSwap(other)).toThrow('same experts');
});
