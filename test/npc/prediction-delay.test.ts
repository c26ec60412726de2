import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PredictionDelay } from '../../src/npc/prediction-delay.ts';
import { createRng } from '../../src/util/rng.ts';
import { predictionAt } from './prediction.ts';

const at = (tick: number) => predictionAt(tick, [1, 0, 0, 0]);

describe('PredictionDelay', () => {
  it('gives nothing before the reaction time has passed', () => {
    const delay = new PredictionDelay({ reactionTicks: 12 });
    delay.push(at(100));
    expect(delay.latest(111)).toBeNull();
    expect(delay.latest(112)?.tick).toBe(100);
  });

  it('gives the newest prediction that is old enough, in whatever order ticks are queried', () => {
    const ticks = fc.array(fc.nat(9), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(ticks, fc.nat(30), (gaps, reactionTicks) => {
        const delay = new PredictionDelay({ reactionTicks });
        const made: number[] = [];
        let tick = -39;
        for (const gap of gaps) {
          tick += gap;
          made.push(tick);
          delay.push(at(tick));
          const expected = made.filter((t) => t <= tick - reactionTicks).at(-1);
          expect(delay.latest(tick)?.tick).toBe(expected);
        }
      }),
    );
  });

  it('does not delay a prediction twice', () => {
    const delay = new PredictionDelay({ reactionTicks: 12 });
    const old = at(88);
    delay.push(old);
    delay.push(old);
    expect(delay.latest(100)).toBe(old);
  });

  it('draws a delay once for each prediction, so that more calls do not shorten it', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const firstUse = (every: number): number => {
        const delay = new PredictionDelay({ rng: createRng(seed), tickRate: 1000 });
        const made = at(0);
        for (let tick = 0; ; tick += every) {
          delay.push(made);
          if (delay.latest(tick)) return tick;
        }
      };
      const first = firstUse(1);
      expect(first).toBeGreaterThanOrEqual(150);
      expect(first).toBeLessThanOrEqual(250);
      expect(firstUse(50)).toBe(Math.ceil(first / 50) * 50);
    }
  });

  it('drops predictions that are too old', () => {
    const delay = new PredictionDelay({ reactionTicks: 5, maxAgeTicks: 20 });
    delay.push(at(0));
    expect(delay.latest(20)).not.toBeNull();
    expect(delay.latest(21)).toBeNull();
  });

  it('forgets the last episode when ticks fall, and on clear', () => {
    const delay = new PredictionDelay({ reactionTicks: 0 });
    delay.push(at(500));
    delay.push(at(3));
    expect(delay.latest(2)).toBeNull();
    expect(delay.latest(500)?.tick).toBe(3);
    delay.clear();
    expect(delay.latest(500)).toBeNull();
  });

  it('refuses invalid times', () => {
    expect(() => new PredictionDelay({ reactionTicks: -1 })).toThrow(/reactionTicks/);
    expect(() => new PredictionDelay({ reactionTicks: 9, maxAgeTicks: 8 })).toThrow(/too old/);
  });
});
