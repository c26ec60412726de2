import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveMatrixGame, worstCase } from '../../src/npc/matrix-game.ts';
import { gainTables } from './gain-tables.ts';

const rows = (...table: number[][]): Float64Array[] => table.map((row) => Float64Array.from(row));

describe('solveMatrixGame', () => {
  it('plays rock, paper, scissors evenly', () => {
    const { mix, value } = solveMatrixGame(rows([0, -1, 1], [1, 0, -1], [-1, 1, 0]));
    for (const share of mix) expect(share).toBeCloseTo(1 / 3, 12);
    expect(value).toBeCloseTo(0, 12);
  });

  it('solves a game with a known mixed solution, and one with a pure solution', () => {
    // Matching pennies where a match on heads pays 3: heads with 2/6, value 1/3.
    const pennies = solveMatrixGame(rows([3, -1], [-1, 1]));
    expect(pennies.mix[0]).toBeCloseTo(1 / 3, 12);
    expect(pennies.value).toBeCloseTo(1 / 3, 12);
    expect([...solveMatrixGame(rows([2, 1], [1, 0])).mix]).toEqual([1, 0]);
    expect(solveMatrixGame(rows([5])).value).toBe(5);
  });

  it('finds the value that the other side can guarantee too, on any table', () => {
    fc.assert(
      fc.property(gainTables, (gains) => {
        const { mix, value } = solveMatrixGame(gains);
        expect(mix.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        expect(Math.min(...mix)).toBeGreaterThanOrEqual(0);
        expect(worstCase(gains, mix)).toBe(value);
        const turned = Array.from(gains[0], (_, a) => gains.map((row) => -row[a]));
        expect(solveMatrixGame(rows(...turned)).value).toBeCloseTo(-value, 6);
      }),
      { numRuns: 500 },
    );
  });
});
