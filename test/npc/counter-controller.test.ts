import { describe, expect, it } from 'vitest';
import {
  CounterController,
  type CounterControllerOptions,
} from '../../src/npc/counter-controller.ts';
import type { PayoffTable } from '../../src/npc/payoff.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { createRng } from '../../src/util/rng.ts';
import { OTHER_SPEC, predictionAt, SPEC } from './prediction.ts';

// strike beats throw, throw beats block, block beats strike.
const payoff: PayoffTable = {
  strike: { strike: 0, throw: 2, block: -1 },
  throw: { strike: -2, throw: 0, block: 2 },
  block: { strike: 1, throw: -2, block: 0 },
};

const create = (options: Partial<CounterControllerOptions> = {}): CounterController =>
  new CounterController({ against: { spec: SPEC }, payoff, rng: createRng(7), ...options });

/** How often each reply is played in `n` decisions at tick 1000. */
function shares(
  controller: CounterController,
  prediction: Prediction | null,
  n = 6000,
): Record<string, number> {
  const counts: Record<string, number> = { strike: 0, throw: 0, block: 0 };
  for (let i = 0; i < n; i++) counts[controller.decide({ tick: 1000, prediction })!] += 1 / n;
  return counts;
}

describe('CounterController', () => {
  it.each([
    ['strike', [1, 0, 0, 0], 'block'],
    ['throw', [0, 1, 0, 0], 'strike'],
    ['block', [0, 0, 1, 0], 'throw'],
    // On average strike gains 0.45 and throw -0.3; block, the best reply to the likeliest action, -0.3.
    ['a mix', [0.4, 0.35, 0.25, 0], 'strike'],
  ])('answers %s with the reply that gains most', (_, probabilities, reply) => {
    const decided = create().decide({ tick: 100, prediction: predictionAt(80, probabilities) });
    expect(decided).toBe(reply);
  });

  it('ignores actions that are not in the payoff table', () => {
    const controller = create();
    const hurt = predictionAt(0, [0.1, 0, 0, 0.9]);
    expect(controller.decide({ tick: 50, prediction: hurt })).toBe('block');
    expect(controller.usedPrediction).toBe(hurt);
  });

  it('plays the equilibrium when nearly all probability is on actions outside the table', () => {
    const controller = create();
    const played = shares(controller, predictionAt(990 - 12, [0.01, 0, 0, 0.99]));
    expect(controller.usedPrediction).toBeNull();
    expect(Math.min(...Object.values(played))).toBeGreaterThan(0.15);
  });

  it('reacts no faster than its reaction time', () => {
    const controller = create({ reactionTicks: 12, prior: { block: 1 } });
    const prediction = predictionAt(100, [1, 0, 0, 0]);
    expect(controller.decide({ tick: 111, prediction })).toBe('throw');
    expect(controller.decide({ tick: 112, prediction })).toBe('block');
  });

  it('reacts as fast as people do by default', () => {
    const prediction = predictionAt(100, [1, 0, 0, 0]);
    const controller = create({ prior: { block: 1 } });
    expect(controller.reactionTicks).toBe(9);
    expect(controller.decide({ tick: 108, prediction })).toBe('throw');
    expect(controller.decide({ tick: 115, prediction })).toBe('block');
  });

  it('takes its three settings from a difficulty', () => {
    const prediction = predictionAt(900, [1, 0, 0, 0]);
    const knobs = { delayMs: [0, 0], trust: 1, error: 0.6 } as const;
    const played = shares(create({ difficulty: knobs }), prediction);
    expect(played.strike).toBeCloseTo(0.2, 1);
    expect(played.throw).toBeCloseTo(0.2, 1);
    expect(create({ difficulty: 'easy' }).reactionTicks).toBe(15);
    expect(() => create({ difficulty: { ...knobs, error: 2 } })).toThrow(/error is 2/);
  });

  it('uses the last usable prediction while a newer one is delayed, until it is too old', () => {
    const controller = create({ reactionTicks: 10, maxAgeTicks: 30, prior: { throw: 1 } });
    controller.decide({ tick: 0, prediction: predictionAt(0, [1, 0, 0, 0]) });
    const newer = predictionAt(20, [0, 0, 1, 0]);
    expect(controller.decide({ tick: 21, prediction: newer })).toBe('block');
    expect(controller.decide({ tick: 30, prediction: newer })).toBe('throw');
    expect(controller.decide({ tick: 51, prediction: newer })).toBe('strike');
  });

  it('misses no prediction between two decisions when see() is called with each', () => {
    const controller = create({ reactionTicks: 10, prior: { throw: 1 } });
    controller.see(predictionAt(0, [1, 0, 0, 0]));
    controller.see(predictionAt(15, [0, 0, 1, 0]));
    const newest = predictionAt(22, [0, 1, 0, 0]);
    expect(controller.decide({ tick: 26, prediction: newest })).toBe('throw');
  });

  it('plays with trust 0 exactly as if there were no prediction', () => {
    const blind = create({ trust: 0 });
    const none = create();
    for (let tick = 100; tick < 300; tick++) {
      const prediction = predictionAt(tick - 50, [1, 0, 0, 0]);
      expect(blind.decide({ tick, prediction })).toBe(none.decide({ tick, prediction: null }));
    }
  });

  it('plays the equilibrium of the table without a prediction', () => {
    // The mix that makes the other indifferent: it gains the same with every action.
    const played = shares(create(), null);
    const gain = (action: string) =>
      Object.entries(played).reduce((sum, [reply, p]) => sum + p * payoff[reply][action], 0);
    const gains = ['strike', 'throw', 'block'].map(gain);
    expect(Math.max(...gains) - Math.min(...gains)).toBeLessThan(0.1);
  });

  it('follows trust and temperature', () => {
    const prediction = predictionAt(900, [0.6, 0.2, 0.2, 0]);
    const prior = { throw: 1 };
    expect(create({ trust: 1, prior }).decide({ tick: 1000, prediction })).toBe('block');
    expect(create({ trust: 0.3, prior }).decide({ tick: 1000, prediction })).toBe('strike');
    const hot = shares(create({ temperature: 2 }), prediction);
    const cold = shares(create({ temperature: 0.2 }), prediction);
    expect(hot.throw).toBeGreaterThan(0.1);
    expect(cold.throw).toBeLessThan(hot.throw);
    expect(cold.block).toBeGreaterThan(hot.block);
  });

  it('breaks ties at random, and repeats its choices with the same seed', () => {
    const even = create({ payoff: { strike: { block: 1 }, throw: { block: 1 } } });
    const prediction = predictionAt(900, [0, 0, 1, 0]);
    const replies = Array.from({ length: 100 }, () => even.decide({ tick: 1000, prediction }));
    expect(new Set(replies)).toEqual(new Set(['strike', 'throw']));
    const again = create({ payoff: { strike: { block: 1 }, throw: { block: 1 } } });
    expect(Array.from({ length: 100 }, () => again.decide({ tick: 1000, prediction }))).toEqual(
      replies,
    );
  });

  it('chooses among the available actions only', () => {
    const controller = create();
    const prediction = predictionAt(0, [1, 0, 0, 0]);
    const available = ['strike', 'throw', 'walk'];
    expect(controller.decide({ tick: 50, prediction, available })).toBe('strike');
    expect(controller.decide({ tick: 50, prediction, available: ['walk'] })).toBeNull();
    const never = create({
      replies: ['good', 'bad'],
      payoff: { good: { block: 1 }, bad: { block: 0 } },
    });
    expect(never.decide({ tick: 0, prediction: null, available: ['bad'] })).toBe('bad');
  });

  it('forgets its predictions on reset', () => {
    const controller = create({ prior: { block: 1 } });
    controller.decide({ tick: 50, prediction: predictionAt(0, [1, 0, 0, 0]) });
    controller.reset();
    expect(controller.decide({ tick: 50, prediction: null })).toBe('throw');
  });

  it.each<[string, Partial<CounterControllerOptions>, RegExp]>([
    ['unknown action', { payoff: { block: { strik: 1 } } }, /"strik".*strike, throw, block, hurt/],
    [
      'missing cell',
      { payoff: { block: { strike: 1, throw: 0 }, throw: { strike: 1 } } },
      /"throw" against "throw"/,
    ],
    [
      'extra cell',
      { payoff: { block: { strike: 1 }, throw: { strike: 1, throw: 0 } } },
      /"block" against "throw"/,
    ],
    ['NaN cell', { payoff: { block: { strike: NaN } } }, /"block" against "strike"/],
    ['unknown reply', { payoff: { blok: { strike: 1 } } }, /"blok".*strike, throw.*"replies"/],
    ['reply that is not listed', { replies: ['parry'] }, /"strike".*parry/],
    ['empty table', { payoff: {} }, /empty/],
    ['trust', { trust: 1.5 }, /trust is 1.5/],
    ['temperature', { temperature: -1 }, /temperature is -1/],
    ['prior', { prior: { hurt: 1 } }, /prior gives "hurt"/],
    ['empty prior', { prior: { strike: 0 } }, /prior/],
  ])('refuses a bad option: %s', (_, options, message) => {
    expect(() => create(options)).toThrow(message);
  });

  it('names the cure when the model of the other is not there yet, or no character was given', () => {
    expect(() => create({ against: { spec: null } })).toThrow(
      expect.objectContaining({
        code: 'not-ready',
        message: expect.stringMatching(/define the model/),
      }),
    );
    expect(() => create({ against: undefined })).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(/"against"/) }),
    );
  });

  it('plays at random when no generator is given', () => {
    const open = () =>
      Array.from({ length: 60 }, () =>
        create({ rng: undefined }).decide({ tick: 0, prediction: null }),
      );
    expect(new Set(open()).size).toBeGreaterThan(1);
    expect(open()).not.toEqual(open());
  });

  it('counts its reaction time in the ticks of the spec', () => {
    const against = { spec: { ...SPEC, tickRate: 20 } };
    expect(create({ against, delayMs: [150, 150] }).reactionTicks).toBe(3);
    expect(create({ against, delayMs: [150, 150], tickRate: 60 }).reactionTicks).toBe(9);
  });

  it('refuses a prediction of another character', () => {
    const controller = create({ against: { spec: OTHER_SPEC } });
    const prediction = predictionAt(0, [1, 0, 0, 0]);
    expect(() => controller.decide({ tick: 50, prediction })).toThrow(/4 actions.*made for 5/);
  });
});
