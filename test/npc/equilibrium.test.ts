import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equilibrium } from '../../src/npc/equilibrium.ts';

describe('equilibrium', () => {
  it('plays rock, paper, scissors evenly', () => {
    const { replies, actions, value } = equilibrium({
      rock: { rock: 0, paper: -1, scissors: 1 },
      paper: { rock: 1, paper: 0, scissors: -1 },
      scissors: { rock: -1, paper: 1, scissors: 0 },
    });
    for (const p of [...Object.values(replies), ...Object.values(actions)])
      expect(p).toBeCloseTo(1 / 3, 2);
    expect(value).toBeCloseTo(0, 3);
  });

  it('solves a game with a known mixed solution', () => {
    // Matching pennies where a match on heads pays 3: heads with 2/6, value 1/3 (by hand: equal gains).
    const { replies, actions, value } = equilibrium({
      heads: { heads: 3, tails: -1 },
      tails: { heads: -1, tails: 1 },
    });
    expect(replies.heads).toBeCloseTo(1 / 3, 2);
    expect(actions.heads).toBeCloseTo(1 / 3, 2);
    expect(value).toBeCloseTo(1 / 3, 3);
  });

  it('never plays a reply that another one dominates', () => {
    const { replies } = equilibrium({ good: { a: 2, b: 1 }, bad: { a: 1, b: 0 } });
    expect(replies.good).toBeCloseTo(1, 2);
  });

  it('leaves nothing to gain by deviating, on any table', () => {
    const tables = fc
      .integer({ min: 1, max: 6 })
      .chain((columns) =>
        fc.array(
          fc.array(fc.integer({ min: -5, max: 5 }), { minLength: columns, maxLength: columns }),
          { minLength: 1, maxLength: 6 },
        ),
      );
    fc.assert(
      fc.property(tables, (rows) => {
        const payoff = Object.fromEntries(
          rows.map((row, r) => [`r${r}`, Object.fromEntries(row.map((g, a) => [`a${a}`, g]))]),
        );
        const { gap, replies } = equilibrium(payoff);
        expect(gap).toBeLessThan(0.02);
        expect(gap).toBeGreaterThan(-1e-9);
        expect(Object.values(replies).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });
});
