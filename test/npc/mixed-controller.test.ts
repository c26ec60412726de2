import { describe, expect, it } from 'vitest';
import { MixedController } from '../../src/npc/mixed-controller.ts';
import type { MixedControllerOptions } from '../../src/npc/mixed-controller.ts';
import type { PayoffTable } from '../../src/npc/payoff.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { createRng } from '../../src/util/rng.ts';
import { predictionAt, SPEC } from './prediction.ts';

// strike beats throw, throw beats block, block beats strike.
const payoff: PayoffTable = {
  strike: { strike: 0, throw: 2, block: -1 },
  throw: { strike: -2, throw: 0, block: 2 },
  block: { strike: 1, throw: -2, block: 0 },
};

const create = (options: Partial<MixedControllerOptions> = {}): MixedController =>
  new MixedController({
    against: { spec: SPEC },
    payoff,
    maxExploitability: 0.5,
    rng: createRng(7),
    ...options,
  });

function shares(controller: MixedController, prediction: Prediction | null, n = 6000) {
  const counts: Record<string, number> = { strike: 0, throw: 0, block: 0 };
  for (let i = 0; i < n; i++) counts[controller.decide({ tick: 1000, prediction })!] += 1 / n;
  return counts;
}

/** The mix played in reply to a prediction that is old enough. */
const played = (probabilities: readonly number[], options?: Partial<MixedControllerOptions>) => {
  const controller = create(options);
  controller.decide({ tick: 100, prediction: predictionAt(80, probabilities) });
  return controller.played!;
};

describe('MixedController', () => {
  it('plays the best reply without a limit, and keeps within a limit otherwise', () => {
    expect([...played([1, 0, 0, 0], { maxExploitability: Infinity }).mix]).toEqual([0, 0, 1]);
    for (const maxExploitability of [0, 0.1, 0.5, 1]) {
      const { exploitability, gain } = played([1, 0, 0, 0], { maxExploitability });
      expect(exploitability).toBeCloseTo(maxExploitability, 9);
      expect(gain).toBeGreaterThanOrEqual(-1e-9);
    }
  });

  it('draws from the mix that it reports', () => {
    const controller = create();
    const drawn = shares(controller, predictionAt(900, [0.9, 0.05, 0.05, 0]));
    ['strike', 'throw', 'block'].forEach((reply, r) =>
      expect(drawn[reply]).toBeCloseTo(controller.played!.mix[r], 1),
    );
  });

  it('plays safe when uncertain: the less certain, the less it may lose', () => {
    const risks = [
      [1, 0, 0, 0],
      [0.8, 0.1, 0.1, 0],
      // Certain, but mostly of an action that is not in the table.
      [0.1, 0, 0, 0.9],
      [0.36, 0.32, 0.32, 0],
    ].map((probabilities) => played(probabilities, { maxExploitability: 1 }));
    // 1 - entropy / ln 3 of the shares; mass 0.1; all but even.
    const limits = [1, 1 - 0.639 / Math.log(3), 0.1, 0.002];
    risks.forEach(({ exploitability }, i) => {
      expect(exploitability).toBeLessThanOrEqual(limits[i] + 1e-3);
      if (i < 3) expect(exploitability).toBeCloseTo(limits[i], 3);
    });
    const half = played([1, 0, 0, 0], { maxExploitability: 1, trust: 0.5 });
    expect(half.exploitability).toBeCloseTo(0.5, 9);
  });

  it('plays the equilibrium without a prediction, with trust 0 and with a useless prediction', () => {
    for (const controller of [create(), create({ trust: 0 })]) {
      controller.decide({ tick: 100, prediction: null });
      expect(controller.played!.exploitability).toBeCloseTo(0, 9);
      expect(controller.usedPrediction).toBeNull();
    }
    const blind = create({ trust: 0 });
    const none = create();
    for (let tick = 100; tick < 300; tick++)
      expect(blind.decide({ tick, prediction: predictionAt(tick - 50, [1, 0, 0, 0]) })).toBe(
        none.decide({ tick, prediction: null }),
      );
    expect(played([0.01, 0, 0, 0.99]).trust).toBe(0);
  });

  it('keeps within the limit when only some replies are available', () => {
    const controller = create({ maxExploitability: 0.2 });
    const available = ['strike', 'block'];
    const prediction = predictionAt(0, [0, 1, 0, 0]);
    for (let i = 0; i < 50; i++)
      expect(available).toContain(controller.decide({ tick: 50, prediction, available }));
    // Of these two alone strike can be made to lose 1 and block 2; mixed 2/3 to 1/3, a bit less.
    expect(controller.played!.exploitability).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(controller.decide({ tick: 50, prediction, available: ['walk'] })).toBeNull();
  });

  it('reacts no faster than a person, or after a given number of ticks', () => {
    const prediction = predictionAt(100, [1, 0, 0, 0]);
    const usedFrom = (options: Partial<MixedControllerOptions>): number => {
      const controller = create(options);
      let tick = 100;
      for (; !controller.usedPrediction; tick++) controller.decide({ tick, prediction });
      return tick - 1;
    };
    expect(usedFrom({ reactionTicks: 3 })).toBe(103);
    for (let seed = 1; seed < 30; seed++) {
      const from = usedFrom({ rng: createRng(seed) });
      expect(from).toBeGreaterThanOrEqual(109);
      expect(from).toBeLessThanOrEqual(115);
    }
  });

  it('errs uniformly at the given rate', () => {
    const wild = create({ maxExploitability: Infinity, error: 0.6 });
    const drawn = shares(wild, predictionAt(900, [1, 0, 0, 0]));
    expect(drawn.strike).toBeCloseTo(0.2, 1);
    expect(drawn.throw).toBeCloseTo(0.2, 1);
    expect(drawn.block).toBeCloseTo(0.6, 1);
  });

  it.each<[string, Partial<MixedControllerOptions>, RegExp]>([
    ['limit', { maxExploitability: -1 }, /maxExploitability is -1/],
    ['payoff', { payoff: { block: { strik: 1 } } }, /"strik"/],
    ['trust', { trust: 2 }, /trust is 2/],
    ['minMass', { minMass: 2 }, /minMass is 2/],
  ])('refuses a bad option: %s', (_, options, message) => {
    expect(() => create(options)).toThrow(message);
  });
});
