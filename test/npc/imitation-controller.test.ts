import { describe, expect, it } from 'vitest';
import { NgramModel } from '../../src/experts/ngram.ts';
import { ImitationController } from '../../src/npc/imitation-controller.ts';
import type { ImitationControllerOptions } from '../../src/npc/imitation-controller.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { argmax } from '../../src/util/math.ts';
import { createRng } from '../../src/util/rng.ts';
import { jensenShannon, pairs, sharesOfEach } from '../../demo/common/divergence.ts';
import { ACTIONS, OTHER_SPEC, predictionAt, SPEC } from './prediction.ts';

const create = (options: Partial<ImitationControllerOptions> = {}): ImitationController =>
  new ImitationController({
    like: { spec: SPEC },
    rng: createRng(3),
    reactionTicks: 0,
    ...options,
  });

/** Shares of the actions in `n` decisions, each from a new prediction. */
function shares(
  probabilities: readonly number[],
  options: Partial<ImitationControllerOptions> = {},
  available?: readonly string[],
  n = 4000,
): Record<string, number> {
  const controller = create(options);
  const counts: Record<string, number> = { strike: 0, throw: 0, block: 0, hurt: 0 };
  for (let tick = 0; tick < n; tick++) {
    const action = controller.decide({
      tick: tick * 100 + 50,
      prediction: predictionAt(tick * 100, probabilities),
      available,
    });
    counts[action!] += 1 / n;
  }
  return counts;
}

describe('ImitationController', () => {
  it('draws actions with their predicted probabilities instead of always taking the likeliest', () => {
    const done = shares([0.6, 0.3, 0.1, 0]);
    expect(done.strike).toBeCloseTo(0.6, 1);
    expect(done.throw).toBeCloseTo(0.3, 1);
    expect(done.block).toBeCloseTo(0.1, 1);
  });

  it('never plays what only happens to a character, and uses stand-ins for unavailable actions', () => {
    const choices = ['strike', 'throw', 'block'];
    const done = shares([0.2, 0.1, 0.1, 0.6], { choices });
    expect(done.hurt).toBe(0);
    expect(done.strike).toBeCloseTo(0.5, 1);
    const standIns = { strike: ['hurt', 'block'] };
    const like = { spec: { ...SPEC, action: { ...SPEC.action, choices } } };
    expect(shares([0.2, 0.1, 0.1, 0.6], { like })).toEqual(done);
    const without = shares([0.6, 0.2, 0.2, 0], { choices, standIns }, ['throw', 'block']);
    expect(without.block).toBeCloseTo(0.8, 1);
    const left = shares([0.6, 0.3, 0.1, 0], { choices }, ['throw', 'block']);
    expect(left.throw).toBeCloseTo(0.75, 1);
  });

  it('follows the temperature, and errs uniformly at the given rate', () => {
    expect(shares([0.6, 0.3, 0.1, 0], { temperature: 0.5 }).strike).toBeGreaterThan(0.7);
    expect(shares([0.6, 0.3, 0.1, 0], { temperature: 4 }).strike).toBeLessThan(0.45);
    expect(shares([1, 0, 0, 0], { error: 0.8 }).hurt).toBeCloseTo(0.2, 1);
  });

  it('acts once for each prediction, at a time drawn from it', () => {
    const timeEdges = [10, 20, 40];
    const controller = create({ timeEdges });
    const due: number[] = [];
    for (let i = 0; i < 2000; i++) {
      const prediction: Prediction = {
        ...predictionAt(1000, [1, 0, 0, 0]),
        timeProbabilities: Float32Array.of(0.5, 0, 0.5, 0),
      };
      controller.reset();
      expect(controller.decide({ tick: 1000, prediction })).toBeNull();
      const { dueTick } = controller;
      expect(controller.decide({ tick: dueTick - 1, prediction })).toBeNull();
      expect(controller.decide({ tick: dueTick, prediction })).toBe('strike');
      expect(controller.decide({ tick: dueTick + 1, prediction })).toBeNull();
      due.push(dueTick - 1000);
    }
    const share = (from: number, to: number) =>
      due.filter((t) => t > from && t <= to).length / due.length;
    expect(share(0, 10)).toBeCloseTo(0.5, 1);
    expect(share(20, 40)).toBeCloseTo(0.5, 1);
    expect(share(20, 30)).toBeCloseTo(0.25, 1);
  });

  it('tries again when an action did not begin, so that it never gets stuck', () => {
    const controller = create({ patienceTicks: 25 });
    const prediction = predictionAt(0, [1, 0, 0, 0]);
    const acted = Array.from({ length: 60 }, (_, tick) =>
      controller.decide({ tick, prediction }),
    ).flatMap((action, tick) => (action ? [tick] : []));
    expect(acted).toEqual([0, 25, 50]);
    expect(create().decide({ tick: 5, prediction: null })).toBeNull();
    expect(create().decide({ tick: 5, prediction, available: [] })).toBeNull();
  });

  it('begins with the openings of the player, before there is a prediction', () => {
    const openings = ['strike', 'block', 'block', 'block'];
    const begun = Array.from({ length: 400 }, (_, seed) =>
      create({ openings, rng: createRng(seed) }).decide({ tick: 0, prediction: null }),
    );
    expect(begun.filter((action) => action === 'block').length / 400).toBeCloseTo(0.75, 1);
    expect(begun.filter((action) => action === 'strike').length / 400).toBeCloseTo(0.25, 1);
    const controller = create({ openings });
    controller.decide({ tick: 0, prediction: predictionAt(0, [1, 0, 0, 0]) });
    expect(controller.decide({ tick: 90, prediction: null })).toBeNull();
  });

  it('begins no action sooner than a person reacts', () => {
    const controller = create({ reactionTicks: undefined });
    const due = Array.from({ length: 200 }, (_, i) => {
      controller.decide({ tick: i * 100, prediction: predictionAt(i * 100, [1, 0, 0, 0]) });
      return controller.dueTick - i * 100;
    });
    expect(Math.min(...due)).toBeGreaterThanOrEqual(9);
    expect(Math.max(...due)).toBeLessThanOrEqual(15);
  });

  it.each<[string, Partial<ImitationControllerOptions>, RegExp]>([
    ['choice', { choices: ['fly'] }, /"fly" is not an action/],
    ['stand-in', { standIns: { fly: ['strike'] } }, /"fly" is not an action/],
    ['temperature', { temperature: 0 }, /temperature is 0/],
    ['error', { error: -1 }, /error is -1/],
  ])('refuses a bad option: %s', (_, options, message) => {
    expect(() => create(options)).toThrow(message);
  });

  it('refuses a prediction of another character', () => {
    const controller = create({ like: { spec: OTHER_SPEC } });
    expect(() => controller.decide({ tick: 0, prediction: predictionAt(0, [1, 0, 0, 0]) })).toThrow(
      /4 actions.*made for 5/,
    );
  });
});

describe('a shadow of a player with habits', () => {
  /** The action after each pair of actions: mostly the same, sometimes another. */
  const RECORDED = 3000;
  const rng = createRng(11);
  const habits = Array.from({ length: 9 }, () => rng.int(3));
  const play = (next: (history: readonly number[]) => number): number[] => {
    const history = [0, 1];
    while (history.length < RECORDED) history.push(next(history));
    return history;
  };
  const player = play((history) => {
    const [before, last] = history.slice(-2);
    return rng.next() < 0.75 ? habits[before * 3 + last] : rng.int(3);
  });
  const model = new NgramModel({ actions: ACTIONS.length, order: 2 });
  model.learnEpisode(player);
  const frequencies = ACTIONS.map((_, a) => player.filter((b) => b === a).length / RECORDED);

  /** Plays from predictions; the copy that ignores history always gets the same one. */
  const shadow = (predict: (history: readonly number[]) => readonly number[]): number[] => {
    const controller = create({ choices: ['strike', 'throw', 'block'] });
    return play((history) => {
      const tick = history.length * 10;
      const prediction = predictionAt(tick, predict(history));
      const action = controller.decide({ tick, prediction });
      return ACTIONS.indexOf(action as (typeof ACTIONS)[number]);
    });
  };
  const mine = shadow((history) => [...model.probabilities(history)]);
  const copy = shadow(() => frequencies);
  const rigid = shadow((history) => {
    const best = argmax(model.probabilities(history));
    return ACTIONS.map((_, a) => Number(a === best));
  });
  const named = (actions: readonly number[]): string[] => actions.map((a) => ACTIONS[a]);
  const pairDivergence = (actions: readonly number[]): number =>
    jensenShannon(sharesOfEach(pairs(named(player))), sharesOfEach(pairs(named(actions))));
  const divergence = (actions: readonly number[]): number =>
    jensenShannon(sharesOfEach(named(player)), sharesOfEach(named(actions)));

  it('reproduces the pairs of actions: at most half the divergence of a copy that ignores history', () => {
    expect(pairDivergence(copy)).toBeGreaterThan(0.02);
    expect(pairDivergence(mine)).toBeLessThan(pairDivergence(copy) / 2);
  });

  it('reproduces the frequencies of actions, which always taking the likeliest does not', () => {
    // A copy drawn from the frequencies has them by construction, so it is compared with uniform play.
    const even = jensenShannon(
      sharesOfEach(named(player)),
      sharesOfEach(['strike', 'throw', 'block']),
    );
    expect(divergence(mine)).toBeLessThan(even / 2);
    expect(divergence(mine)).toBeLessThan(0.002);
    expect(pairDivergence(rigid)).toBeGreaterThan(pairDivergence(mine) * 4);
  });
});
