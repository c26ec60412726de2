import { describe, expect, it } from 'vitest';
import { evenSpread, ValueSpread } from '../../src/dataset/value-spread.ts';
import { SPREAD_SIZE } from '../../src/dataset/value-table.ts';
import { createRng } from '../../src/util/rng.ts';

const start = evenSpread(1);

describe('the distribution of values', () => {
  it('has a spike where values repeat, and sums to 1', () => {
    const rng = createRng(1);
    const spread = new ValueSpread({ resolution: 1e-4, start });
    let last = 0;
    for (let i = 0; i < 2000; i++) {
      const value = rng.next() < 0.9 ? last : rng.normal();
      spread.learn(value, { mean: 0.9 * last, last });
      last = value;
    }
    const [spike, ...wide] = spread.parts(0, last);
    expect(spike).toMatchObject({ mean: last, deviation: 0 });
    expect(spike.weight).toBeCloseTo(0.9, 1);
    expect(wide.reduce((all, { weight }) => all + weight, spike.weight)).toBeCloseTo(1, 6);
  });

  it('has no deviation below a quarter of the resolution, whatever repeats', () => {
    const spread = new ValueSpread({ resolution: 0.1, start });
    for (let i = 0; i < 5000; i++) spread.learn(2, { mean: 2, last: 2 });
    const [spike, ...wide] = spread.parts(2, 2);
    expect(spike.weight).toBeGreaterThan(0.99);
    expect(spike.weight).toBeLessThan(1);
    for (const { deviation } of wide) expect(deviation).toBeGreaterThanOrEqual(0.025);
  });

  it('follows errors that grow a thousandfold, or are absurd', () => {
    const rng = createRng(1);
    const spread = new ValueSpread({ resolution: 1e-4, start: evenSpread(0.01) });
    for (let i = 0; i < 300; i++) spread.learn(10 * rng.normal(), { mean: 0, last: 1 });
    spread.learn(1e30, { mean: 0, last: 1 });
    const parts = spread.parts(0, 1);
    expect(parts.every(({ weight, deviation }) => weight >= 0 && Number.isFinite(deviation))).toBe(
      true,
    );
    expect(parts.some(({ weight, deviation }) => weight > 0 && deviation > 5)).toBe(true);
  });

  it('can be saved and begun with', () => {
    const spread = new ValueSpread({ resolution: 0.1, start });
    for (let i = 0; i < 50; i++) spread.learn(i % 3, { mean: 1, last: 0 });
    expect(spread.learned).toHaveLength(SPREAD_SIZE);
    const next = new ValueSpread({ resolution: 0.1, start: spread.learned });
    expect(next.learned).toEqual(spread.learned);
  });
});
