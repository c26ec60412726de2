import { describe, expect, it } from 'vitest';
import { CounterController } from '../../src/npc/counter-controller.ts';
import { DIFFICULTIES } from '../../src/npc/difficulty.ts';
import { EARNED_TRUST_DEFAULTS, EarnedTrust } from '../../src/npc/earned-trust.ts';
import { FairDifficulty } from '../../src/npc/fair-difficulty.ts';
import { MixedController } from '../../src/npc/mixed-controller.ts';
import { drawIndex } from '../../src/npc/draw-reply.ts';
import { createRng } from '../../src/util/rng.ts';
import { ACTIONS, predictionAt, SPEC } from './prediction.ts';

const AGAINST = { against: { spec: SPEC }, choices: ['strike', 'throw', 'block'] };
const PAYOFF = {
  strike: { strike: 0, throw: 1, block: -1 },
  throw: { strike: -1, throw: 0, block: 1 },
  block: { strike: 1, throw: -1, block: 0 },
};

/** The share after `n` actions with the given chances, predicted as `expected`. */
function shareAfter(n: number, chances: readonly number[], expected: readonly number[]): number {
  const rng = createRng(5);
  const earned = new EarnedTrust(AGAINST);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    earned.add(predictionAt(i, expected), ACTIONS[drawIndex(chances, rng)]);
    sum += earned.share;
  }
  return sum / n;
}

describe('EarnedTrust', () => {
  it('trusts predictions that come true, and none that are no better than an even guess', () => {
    const habit = [0.85, 0.1, 0.05, 0];
    const even = [1 / 3, 1 / 3, 1 / 3, 0];
    expect(shareAfter(300, habit, habit)).toBeGreaterThan(0.9);
    expect(shareAfter(300, even, even)).toBe(0);
    // Expects a habit that is not there, at first by luck with success.
    expect(shareAfter(300, even, [0.6, 0.2, 0.2, 0])).toBeLessThan(0.01);
  });

  it('loses the trust when a habit ends, and earns it again', () => {
    const earned = new EarnedTrust(AGAINST);
    const sure = predictionAt(0, [0.9, 0.05, 0.05, 0]);
    const add = (action: string, n: number): number => {
      for (let i = 0; i < n; i++) earned.add(sure, action);
      return earned.share;
    };
    expect(earned.share).toBe(0);
    expect(add('strike', 3)).toBe(1);
    expect(add('block', 24)).toBe(0);
    // A wrong prediction counts as -1 at most, however sure it was.
    expect(add('strike', 40)).toBe(1);
    earned.reset();
    expect(earned.share).toBe(0);
  });

  it('ignores actions that are not chosen, and those without a prediction', () => {
    const earned = new EarnedTrust(AGAINST);
    const sure = predictionAt(0, [0, 0, 0, 1]);
    for (let i = 0; i < 10; i++) {
      earned.add(sure, 'hurt');
      // Nothing is expected of the choices.
      earned.add(sure, 'strike');
      earned.add(null, 'strike');
    }
    expect(earned.share).toBe(0);
    earned.add(predictionAt(0, [1, 0, 0, 0]), 'strike');
    expect(earned.share).toBeGreaterThan(0);
  });

  it('limits the trust of a difficulty, also of one that changes', () => {
    const earned = new EarnedTrust(AGAINST);
    const fair = new FairDifficulty();
    const [limited, easy] = [earned.limit(fair), earned.limit('easy')];
    expect([limited.trust, limited.error]).toEqual([0, fair.error]);
    for (let i = 0; i < 10; i++) earned.add(predictionAt(0, [1, 0, 0, 0]), 'strike');
    expect(easy).toEqual(DIFFICULTIES.easy);
    expect(earned.limit()).toEqual(DIFFICULTIES.hard);
    fair.add(0);
    expect([limited.trust, limited.error, limited.delayMs]).toEqual([
      fair.trust,
      fair.error,
      fair.delayMs,
    ]);
  });

  it('has a controller play as without predictions until it is earned', () => {
    const earned = new EarnedTrust(AGAINST);
    const options = { against: { spec: SPEC }, payoff: PAYOFF, reactionTicks: 0 };
    const play = (difficulty: object, prediction: ReturnType<typeof predictionAt> | null) => {
      const knobs = { ...options, difficulty: difficulty as typeof DIFFICULTIES.hard };
      const bold = new CounterController({ ...knobs, rng: createRng(2) });
      const careful = new MixedController({ ...knobs, rng: createRng(2), maxExploitability: 1 });
      return Array.from({ length: 20 }, () =>
        [bold, careful].map((one) => one.decide({ tick: 0, prediction })),
      );
    };
    const sure = predictionAt(0, [1, 0, 0, 0]);
    expect(play(earned.limit(), sure)).toEqual(play(DIFFICULTIES.hard, null));
    for (let i = 0; i < 10; i++) earned.add(sure, 'strike');
    expect(play(earned.limit(), sure)).toEqual(play(DIFFICULTIES.hard, sure));
  });

  it('refuses options out of range, and unknown actions and difficulties', () => {
    const { full } = EARNED_TRUST_DEFAULTS;
    expect(() => new EarnedTrust({ ...AGAINST, none: full + 0.1 })).toThrow(/none is 0.35/);
    expect(() => new EarnedTrust({ ...AGAINST, full: 2 })).toThrow(/full is 2/);
    expect(() => new EarnedTrust({ ...AGAINST, span: 0 })).toThrow(/span is 0/);
    expect(() => new EarnedTrust({ ...AGAINST, choices: ['strike'] })).toThrow(/with 1 choices/);
    expect(() => new EarnedTrust({ ...AGAINST, choices: ['strike', 'kik'] })).toThrow(/"kik"/);
    const earned = new EarnedTrust(AGAINST);
    expect(() => earned.add(null, 'kik')).toThrow(/no action "kik"/);
    expect(() => earned.limit('brutal' as 'hard')).toThrow(/no difficulty "brutal"/);
  });
});
