import { describe, expect, it } from 'vitest';
import { DropoutFactors } from '../../src/network/dropout-factors.ts';
import { networkGraph } from '../../src/network/graph.ts';
import { smallShape } from '../train/problem.ts';

describe('DropoutFactors', () => {
  const shape = smallShape({ layers: 2 });

  it('draws one array for the input of each layer and one for the heads', () => {
    const factors = new DropoutFactors(networkGraph(shape), { rate: 0.3, seed: 1 }).draw(10);
    // 12 features, of which 4 and 5 become 2 and 3; then 5 units.
    expect(factors.map(({ length }) => length)).toEqual([80, 50, 50]);
  });

  it('draws one more array for the heads of a feed-forward network', () => {
    const both = smallShape({ layers: 2, feedForward: 7 });
    const factors = new DropoutFactors(networkGraph(both), { rate: 0.3, seed: 1 }).draw(10);
    expect(factors.map(({ length }) => length)).toEqual([80, 50, 50, 70]);
  });

  it('drops the given share and scales the rest, so that the mean stays', () => {
    const [factors] = new DropoutFactors(networkGraph(shape), { rate: 0.3, seed: 2 }).draw(5000);
    expect(new Set(factors)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    const dropped = factors.filter((factor) => factor === 0).length / factors.length;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.01);
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.02);
  });

  it('draws new factors each time, the same for the same seed', () => {
    const draw = (seed: number) => {
      const factors = new DropoutFactors(networkGraph(shape), { rate: 0.5, seed });
      return [6, 6, 9].map((places) => factors.draw(places).map((one) => [...one]));
    };
    const [first, second] = draw(4);
    expect(first).not.toEqual(second);
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });

  it('draws nothing at rate 0', () => {
    expect(new DropoutFactors(networkGraph(shape), { rate: 0, seed: 1 }).draw(10)).toEqual([]);
  });
});
