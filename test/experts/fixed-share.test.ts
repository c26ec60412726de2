import { describe, expect, it } from 'vitest';
import { FixedShare } from '../../src/experts/fixed-share.ts';
import { createRng } from '../../src/util/rng.ts';

const A = Float64Array.of(0.8, 0.2);
const B = Float64Array.of(0.1, 0.9);

describe('FixedShare', () => {
  it('begins at the prior and mixes by trust', () => {
    const share = new FixedShare({ prior: [0.75, 0.25], share: 0.1 });
    const [first, second] = share.mix([A, B], new Float64Array(2));
    expect(first).toBeCloseTo(0.75 * 0.8 + 0.25 * 0.1, 12);
    expect(second).toBeCloseTo(0.75 * 0.2 + 0.25 * 0.9, 12);
  });

  it('is Bayes with a share for the prior', () => {
    const share = new FixedShare({ prior: [0.75, 0.25], share: 0.1 });
    share.learn([A, B], 1);
    const seen = [0.75 * 0.2, 0.25 * 0.9];
    const sum = seen[0] + seen[1];
    expect(share.trust[0]).toBeCloseTo((0.9 * seen[0]) / sum + 0.1 * 0.75, 12);
    expect(share.trust[1]).toBeCloseTo((0.9 * seen[1]) / sum + 0.1 * 0.25, 12);
  });

  it('takes over within a few steps when another predictor becomes right', () => {
    const share = new FixedShare({ prior: [0.5, 0.5], share: 0.02 });
    for (let i = 0; i < 200; i++) share.learn([A, B], 0);
    expect(share.trust[0]).toBeGreaterThan(0.95);
    for (let i = 0; i < 5; i++) share.learn([A, B], 1);
    expect(share.trust[1]).toBeGreaterThan(0.9);
  });

  it('is never worse than any predictor by more than the price of choosing it', () => {
    const rng = createRng(3);
    const steps = 300;
    const share = new FixedShare({ prior: [0.5, 0.5], share: 0.02 });
    let mixed = 0;
    const alone = [0, 0];
    const out = new Float64Array(2);
    for (let i = 0; i < steps; i++) {
      const action = rng.int(2);
      const votes = [0, 1].map(() => {
        const p = 0.05 + 0.9 * rng.next();
        return Float64Array.of(p, 1 - p);
      });
      mixed -= Math.log(share.mix(votes, out)[action]);
      votes.forEach((one, k) => {
        alone[k] -= Math.log(one[action]);
      });
      share.learn(votes, action);
    }
    // Herbster and Warmuth: ln(1 / prior) once, -ln(1 - share) at every step.
    const price = Math.log(2) - steps * Math.log(0.98);
    expect(mixed).toBeLessThanOrEqual(Math.min(...alone) + price);
  });

  it('stays a distribution when no predictor thought the action possible', () => {
    const share = new FixedShare({ prior: [0.6, 0.4], share: 0.02 });
    share.learn([Float64Array.of(1, 0), Float64Array.of(1, 0)], 1);
    expect(share.trust[0] + share.trust[1]).toBeCloseTo(1, 12);
    expect(share.trust.every(Number.isFinite)).toBe(true);
  });
});
