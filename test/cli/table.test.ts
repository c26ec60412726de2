import { describe, expect, it } from 'vitest';
import { alignTable, countOf, duration, percent } from '../../src/cli/table.ts';

describe('table', () => {
  it('aligns names to the left and numbers to the right', () => {
    expect(
      alignTable([
        ['name', 'top-1'],
        ['majority', '9.0 %'],
        ['model', '46.4 %'],
      ]),
    ).toBe('name       top-1\nmajority   9.0 %\nmodel     46.4 %');
  });

  it('formats numbers for people', () => {
    expect(percent(0.4537)).toBe('45.4 %');
    expect(percent(NaN)).toBe('-');
    expect(countOf(1, 'step')).toBe('1 step');
    expect(countOf(14954, 'step')).toBe('14,954 steps');
    expect([0.4, 59.4, 200, 3900].map(duration)).toEqual([
      '0 s',
      '59 s',
      '3 min 20 s',
      '1 h 5 min',
    ]);
  });
});
