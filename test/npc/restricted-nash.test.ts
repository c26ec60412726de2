import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveMatrixGame, worstCase } from '../../src/npc/matrix-game.ts';
import { restrictedNash } from '../../src/npc/restricted-nash.ts';
import { gainTables, sharesOf } from './gain-tables.ts';

const ROCK_PAPER_SCISSORS = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
].map((row) => Float64Array.from(row));
const TOLERANCE = 1e-7;

const numbers = fc.array(
  fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
  {
    minLength: 9,
    maxLength: 9,
  },
);
const cases = fc.record({
  gains: gainTables,
  numbers,
  maxExploitability: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 30_000 }).map((thousandths) => thousandths / 1000),
  ),
  maxTrust: fc.double({ min: 0, max: 1, noNaN: true }),
});
const gainOf = (gains: readonly Float64Array[], mix: Float64Array, belief: Float64Array): number =>
  gains.reduce((sum, row, r) => sum + mix[r] * row.reduce((s, g, a) => s + g * belief[a], 0), 0);

describe('restrictedNash', () => {
  const play = (maxExploitability: number, maxTrust = 1) =>
    restrictedNash({
      gains: ROCK_PAPER_SCISSORS,
      belief: Float64Array.from([1, 0, 0]),
      maxExploitability,
      maxTrust,
    });

  it('moves from the equilibrium to the best reply as the limit of exploitability grows', () => {
    for (const share of play(0).mix) expect(share).toBeCloseTo(1 / 3, 9);
    expect([...play(1).mix]).toEqual([0, 1, 0]);
    // Two thirds paper, one rock lose 1/3 and gain 2/3; a quarter of the way from there to paper alone.
    const half = play(0.5);
    expect(half.exploitability).toBeCloseTo(0.5, 9);
    expect(half.gain).toBeCloseTo(0.75, 9);
    expect(half.mix[1]).toBeGreaterThan(half.mix[0]);
  });

  it('plays the equilibrium when the belief is not trusted', () => {
    expect(play(1, 0).exploitability).toBeCloseTo(0, 9);
    expect(play(1, 0.01).exploitability).toBeCloseTo(0, 9);
    expect(play(1, 0).trust).toBe(0);
  });

  it('never loses more of the value than the limit, on any table', () => {
    fc.assert(
      fc.property(cases, ({ gains, numbers: weights, maxExploitability, maxTrust }) => {
        const belief = sharesOf(weights, gains[0].length);
        const { mix, exploitability, trust } = restrictedNash({
          gains,
          belief,
          maxExploitability,
          maxTrust,
        });
        const lost = solveMatrixGame(gains).value - worstCase(gains, mix);
        expect(lost).toBeLessThanOrEqual(maxExploitability + TOLERANCE);
        expect(exploitability).toBeCloseTo(Math.max(0, lost), 9);
        expect(trust).toBeLessThanOrEqual(maxTrust);
        expect(mix.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        expect(Math.min(...mix)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  it('gains at least what the equilibrium does against the belief, and more with a wider limit', () => {
    fc.assert(
      fc.property(cases, ({ gains, numbers: weights, maxExploitability }) => {
        const belief = sharesOf(weights, gains[0].length);
        const at = (limit: number) =>
          restrictedNash({ gains, belief, maxExploitability: limit }).gain;
        const safe = gainOf(gains, solveMatrixGame(gains).mix, belief);
        expect(at(maxExploitability)).toBeGreaterThanOrEqual(safe - TOLERANCE);
        expect(at(maxExploitability * 2)).toBeGreaterThanOrEqual(at(maxExploitability) - TOLERANCE);
        // Without a limit it is the best reply.
        const best = Math.max(
          ...gains.map((row) => row.reduce((sum, gain, a) => sum + gain * belief[a], 0)),
        );
        expect(at(Infinity)).toBeCloseTo(best, 8);
      }),
      { numRuns: 300 },
    );
  });

  it('gains as much as any mix within the limit', () => {
    fc.assert(
      fc.property(cases, numbers, (one, other) => {
        const { gains, maxExploitability } = one;
        const belief = sharesOf(one.numbers, gains[0].length);
        const { value } = solveMatrixGame(gains);
        const best = restrictedNash({ gains, belief, maxExploitability });
        const rival = sharesOf(other, gains.length);
        fc.pre(value - worstCase(gains, rival) <= maxExploitability);
        expect(gainOf(gains, rival, belief)).toBeLessThanOrEqual(best.gain + TOLERANCE);
      }),
      { numRuns: 200 },
    );
  });
});
