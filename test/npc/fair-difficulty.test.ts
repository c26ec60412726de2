import { describe, expect, it } from 'vitest';
import { CounterController } from '../../src/npc/counter-controller.ts';
import { DIFFICULTIES } from '../../src/npc/difficulty.ts';
import { FAIR_DIFFICULTY_DEFAULTS, FairDifficulty } from '../../src/npc/fair-difficulty.ts';
import { MixedController } from '../../src/npc/mixed-controller.ts';
import { createRng } from '../../src/util/rng.ts';
import { predictionAt, SPEC } from './prediction.ts';

const PAYOFF = {
  strike: { strike: 0, throw: 1, block: -1 },
  throw: { strike: -1, throw: 0, block: 1 },
  block: { strike: 1, throw: -1, block: 0 },
};

const settings = ({ trust, error, delayMs }: FairDifficulty) => ({ trust, error, delayMs });

describe('FairDifficulty', () => {
  it('gets easier when the NPC wins and harder when it loses, as far as its bounds', () => {
    const { easiest, hardest, start } = FAIR_DIFFICULTY_DEFAULTS;
    const fair = new FairDifficulty();
    fair.add(1);
    expect(fair.strength).toBeLessThan(start);
    expect(fair.error).toBeLessThan(easiest.error);
    const before = fair.strength;
    fair.add(0);
    expect(fair.strength).toBeGreaterThan(before);
    for (let i = 0; i < 100; i++) fair.add(1);
    expect(settings(fair)).toEqual(easiest);
    for (let i = 0; i < 100; i++) fair.add(0);
    expect(settings(fair)).toEqual(hardest);
    expect(hardest).toEqual(DIFFICULTIES.hard);
    fair.reset();
    expect(fair.strength).toBe(start);
  });

  it('stays where outcomes are at the target', () => {
    const fair = new FairDifficulty({ target: 0.25 });
    for (const outcome of [0, 1]) fair.add(outcome);
    const before = fair.strength;
    for (const outcome of [0, 1, 0, 0]) fair.add(outcome);
    expect(fair.strength).toBeCloseTo(before, 12);
  });

  it('takes larger steps until the winner changes, and again after a reset', () => {
    const { start, step, firstStep } = FAIR_DIFFICULTY_DEFAULTS;
    const fair = new FairDifficulty();
    const move = (outcome: number): number => {
      const before = fair.strength;
      fair.add(outcome);
      return fair.strength - before;
    };
    for (let time = 0; time < 2; time++) {
      expect(move(0.5)).toBe(0);
      for (let i = 0; i < 2; i++) expect(move(0)).toBeCloseTo(firstStep / 2, 12);
      expect(move(1)).toBeCloseTo(-step / 2, 12);
      for (let i = 0; i < 2; i++) expect(move(1)).toBeCloseTo(-step / 2, 12);
      expect(move(0)).toBeCloseTo(step / 2, 12);
      fair.reset();
      expect(fair.strength).toBe(start);
    }
  });

  it('gives players of most skills an even share of the first ten rounds', () => {
    const share = (skill: number, firstStep: number): number => {
      const rng = createRng(3);
      let wins = 0;
      for (let session = 0; session < 500; session++) {
        const fair = new FairDifficulty({ firstStep });
        for (let round = 0; round < 10; round++) {
          const won = rng.next() < 1 / (1 + Math.exp(-8 * (fair.strength - skill))) ? 1 : 0;
          wins += won;
          fair.add(won);
        }
      }
      return wins / 5000;
    };
    for (const skill of [0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
      expect(Math.abs(share(skill, 0.6) - 0.5)).toBeLessThan(0.05);
    expect(share(0.7, 0.3)).toBeLessThan(0.45);
  });

  it('holds the win rate of players of any skill within its reach', () => {
    for (const target of [0.3, 0.5])
      for (const skill of [0.4, 0.5, 0.7]) {
        const rng = createRng(7);
        const fair = new FairDifficulty({ target });
        let wins = 0;
        for (let round = 0; round < 1100; round++) {
          const won = rng.next() < 1 / (1 + Math.exp(-6 * (fair.strength - skill))) ? 1 : 0;
          if (round >= 100) wins += won;
          fair.add(won);
        }
        expect(wins / 1000).toBeCloseTo(target, 1);
      }
  });

  it('is read by a controller at every decision', () => {
    const fair = new FairDifficulty({
      start: 0,
      easiest: { delayMs: [1000, 1000], trust: 0, error: 0 },
    });
    const options = {
      against: { spec: SPEC },
      payoff: PAYOFF,
      rng: createRng(1),
      difficulty: fair,
    };
    const bold = new CounterController(options);
    const careful = new MixedController({ ...options, maxExploitability: 1 });
    const sure = predictionAt(0, [1, 0, 0, 0]);
    for (const controller of [bold, careful]) {
      fair.reset();
      expect(controller.reactionTicks).toBe(60);
      controller.decide({ tick: 60, prediction: sure });
      expect(controller.usedPrediction).toBeNull();
      for (let i = 0; i < 10; i++) fair.add(0);
      controller.reset();
      expect(controller.reactionTicks).toBe(9);
      expect(controller.decide({ tick: 15, prediction: sure })).toBe('block');
      expect(controller.usedPrediction).toBe(sure);
    }
  });

  it('refuses options, and outcomes out of range', () => {
    expect(() => new FairDifficulty({ target: 2 })).toThrow(/target is 2/);
    expect(() => new FairDifficulty({ start: NaN })).toThrow(/start is NaN/);
    expect(() => new FairDifficulty({ hardest: { ...DIFFICULTIES.hard, error: 3 } })).toThrow(
      /error of hardest is 3/,
    );
    expect(() => new FairDifficulty().add(2)).toThrow(/outcome is 2/);
  });
});
