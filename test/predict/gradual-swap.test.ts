import { afterEach, describe, expect, it, vi } from 'vitest';
import { MATCHES } from '../../src/dataset/expert-votes.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { StepNetwork } from '../../src/predict/step-network.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { ValueFollower } from '../../src/predict/value-follower.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { fitValues } from '../../src/train/fit-values.ts';
import { ForesightError } from '../../src/util/error.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 6, length: 60, seed: 1 });
const names = set.episodes.map((_, i) => `c${i}`);

afterEach(() => void vi.restoreAllMocks());

const make = (seed: number, model: Partial<ModelConfig> = {}): Checkpoint =>
  randomCheckpoint(set, { seed, model: { units: 5, ...model } });
const two = make(1, { contexts: 2 });
const withValues = (checkpoint: Checkpoint): Checkpoint => ({
  ...checkpoint,
  ...fitValues(checkpoint.model, checkpoint.statistics, set.episodes),
});
/** Of each pair the weights before and after. */
const SWAPS: Record<string, [Checkpoint, Checkpoint]> = {
  'other weights': [make(1), make(2)],
  'a network of another shape': [make(1), make(2, { units: 9, layers: 2 })],
  'other weights with the same experts': [
    two,
    { ...two, weights: make(2, { contexts: 2 }).weights },
  ],
  'other counts of the same contexts': [
    two,
    { ...two, experts: { ...two.experts!, next: two.experts!.next.map(() => 1) } },
  ],
  'experts with other contexts': [two, make(2, { contexts: 4 })],
  'the first experts': [make(1), two],
  'no experts any more': [two, make(2)],
  'continuous values': [
    withValues(make(1, { contexts: 2, continuous: ['distance'] })),
    withValues(make(2, { contexts: 3, continuous: ['distance'] })),
  ],
};

describe.each(Object.entries(SWAPS))('a gradual swap to %s', (_, [one, other]) => {
  const isRelearned = !!other.experts && other.shape.experts !== one.shape.experts;
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
    const least = Math.ceil((20 * names.length) / 7);
    if (isRelearned) expect(calls).toBeGreaterThan(2 * least);
    else expect(calls).toBe(least);
    for (const name of names) expect(predictor.prediction(name)).toEqual(after.prediction(name));
    watch(predictor, 20, 40);
    watch(after, 20, 40);
    for (const name of names) expect(predictor.prediction(name)).toEqual(after.prediction(name));
  });

  it('lets the game continue meanwhile, with steps, episodes and characters that come and go', () => {
    const predictor = createPredictor(one, { blend: false });
    watch(predictor, 0, 20);
    predictor.beginSwap(other);
    /** After how many steps each character changes over. */
    const changed = new Map<string, number>();
    const noteChanged = (steps: number): void =>
      names.forEach((name) => {
        const network = predictor.followed(name)?.network;
        if (network?.checkpoint === other && !changed.has(name)) changed.set(name, steps);
      });
    for (let i = 20; i < 30; i++) {
      predictor.continueSwap(isRelearned ? 40 : 5);
      noteChanged(i);
      watch(predictor, i, i + 1);
    }
    predictor.remove('c3');
    predictor.reset('c4');
    const begin = predictor.observe('c4', stepAt(set.episodes[4], 0));
    predictor.observe('new', stepAt(set.episodes[0], 0));
    while (!predictor.continueSwap(9));
    noteChanged(30);
    expect([...changed.values()].some((steps) => steps < 30)).toBe(true);
    expect(predictor.characters).toEqual([...names.slice(0, 3), ...names.slice(4), 'new']);
    const fresh = createPredictor(other, { blend: false });
    expect(predictor.prediction('new')).toEqual(fresh.observe('new', stepAt(set.episodes[0], 0)));
    for (const [name, steps] of changed) {
      if (name === 'c3') continue;
      const expected = createPredictor(one, { blend: false });
      const observe = (i: number): unknown =>
        expected.observe(name, stepAt(set.episodes[names.indexOf(name)], i));
      for (let i = 0; i < 30; i++) {
        if (i === steps) expected.swap(other);
        observe(i);
      }
      if (name === 'c4') {
        // It began its episode before it had its turn.
        expected.reset(name);
        expected.swap(other);
        expect(begin).toEqual(observe(0));
      } else if (steps === 30) expected.swap(other);
      expect(predictor.prediction(name)).toEqual(expected.prediction(name));
    }
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

  it('gives way to a swap at once, and to another gradual one', () => {
    const [predictor, untouched] = [one, one].map((checkpoint) =>
      createPredictor(checkpoint, { blend: false }),
    );
    watch(predictor, 0, 20);
    watch(untouched, 0, 20);
    predictor.beginSwap(other);
    predictor.continueSwap(30);
    predictor.swap(one);
    for (const name of names)
      expect(predictor.prediction(name)).toEqual(untouched.prediction(name));
    expect(predictor.continueSwap(1)).toBe(true);
    predictor.beginSwap(other);
    predictor.continueSwap(70);
    predictor.beginSwap(one);
    expect(predictor.checkpoint).toBe(one);
    while (!predictor.continueSwap(100));
    for (const name of names)
      expect(predictor.prediction(name)).toEqual(untouched.prediction(name));
  });

  it('returns to the old weights, step by step, when the new ones break later', () => {
    const predictor = createPredictor(one, { blend: false });
    watch(predictor, 0, 20);
    const before = names.map((name) => predictor.prediction(name));
    predictor.beginSwap(other);
    // Two characters have changed over when a step comes that the new weights cannot take.
    while (predictor.followed('c1')!.network.checkpoint !== other) predictor.continueSwap(7);
    vi.spyOn(StepNetwork.prototype, 'check').mockImplementationOnce(() => {
      throw new ForesightError('diverged', 'at this step');
    });
    expect(() => {
      while (!predictor.continueSwap(7));
    }).toThrow('at this step');
    expect(predictor.checkpoint).toBe(one);
    while (!predictor.continueSwap(7));
    expect(names.map((name) => predictor.prediction(name))).toEqual(before);
  });
});

/** Observes the first episode. */
function watchFirst(predictor: Predictor, steps: number): void {
  for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(set.episodes[0], i));
}

describe('experts with other contexts, while characters change over to them', () => {
  const [one, other] = SWAPS['experts with other contexts'];
  const begin = (): Predictor => {
    const predictor = createPredictor(one, { blend: false });
    for (const name of names) predictor.observe(name, stepAt(set.episodes[0], 0));
    predictor.beginSwap(other);
    return predictor;
  };

  it('have a character that recalls earlier episodes change over first', () => {
    const predictor = begin();
    predictor.recall('c5', [set.episodes[1]]);
    while (!predictor.continueSwap(3));
    const expected = createPredictor(other, { blend: false });
    expected.observe('c5', stepAt(set.episodes[0], 0));
    expected.recall('c5', [set.episodes[1]]);
    const [found, known] = [predictor, expected].map((each) =>
      each.observe('c5', stepAt(set.episodes[0], 1)),
    );
    expect(found).toEqual(known);
  });

  it('have no votes before that', () => {
    const predictor = begin();
    expect(predictor.experts('c0')).toBeNull();
    while (!predictor.continueSwap(3));
    expect(predictor.experts('c0')!.matches).toHaveLength(MATCHES * other.shape.experts!);
  });
});

it('with other counts of the same contexts has these vote from the next step on', () => {
  const [one, other] = SWAPS['other counts of the same contexts'];
  const [gradual, fresh, untouched] = [one, other, one].map((each) => createPredictor(each));
  for (const each of [gradual, fresh, untouched]) watchFirst(each, 20);
  gradual.beginSwap(other);
  while (!gradual.continueSwap(3));
  const [found, expected, old] = [gradual, fresh, untouched].map((each) => {
    each.observe('hero', stepAt(set.episodes[0], 20));
    return each.experts('hero')!.logs;
  });
  expect(found).toEqual(expected);
  expect(found).not.toEqual(old);
});

it('teaches continuous values nothing that they have learned', () => {
  const [one, other] = SWAPS['continuous values'];
  const predictor = createPredictor(one);
  const learn = vi.spyOn(ValueFollower.prototype, 'learn');
  watchFirst(predictor, 20);
  expect(learn).toHaveBeenCalledTimes(20);
  predictor.swap(other);
  expect(learn).toHaveBeenCalledTimes(20);
});

it('is refused for another spec', () => {
  const spec = defineSpec({ ...set.spec, action: ['idle', 'strike', 'block', 'kick'] });
  const predictor = createPredictor(two);
  expect(() => predictor.beginSwap({ ...two, spec })).toThrow(
    expect.objectContaining({ code: 'spec-mismatch' }),
  );
  expect(predictor.checkpoint).toBe(two);
});

it('to forget has every character begin without a past', () => {
  const [predictor, fresh] = [createPredictor(two), createPredictor(two)];
  const [episode] = set.episodes;
  watchFirst(predictor, 20);
  predictor.swap({ ...two }, true);
  expect(predictor.prediction('hero')).toBeNull();
  for (let i = 20; i < 25; i++)
    expect(predictor.observe('hero', stepAt(episode, i))).toEqual(
      fresh.observe('hero', stepAt(episode, i)),
    );
});
