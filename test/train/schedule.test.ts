import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../src/train/schedule.ts';

const at = (update: number, epoch = 0) => ({ update, updates: 101, epoch });

describe('learningRateAt', () => {
  it('stays constant', () => {
    const config = { kind: 'constant', rate: 0.3 } as const;
    expect([0, 50, 100].map((update) => learningRateAt(config, at(update)))).toEqual([
      0.3, 0.3, 0.3,
    ]);
  });

  it('falls by a factor every so many epochs', () => {
    const config = { kind: 'step', rate: 0.8, factor: 0.5, epochs: 3 } as const;
    const rates = [0, 2, 3, 5, 6, 9].map((epoch) => learningRateAt(config, at(0, epoch)));
    expect(rates).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.1]);
  });

  it('follows half a cosine from rate to floor', () => {
    const config = { kind: 'cosine', rate: 1, floor: 0.2, warmUp: 0 } as const;
    const rates = [0, 25, 50, 75, 100].map((update) => learningRateAt(config, at(update)));
    const expected = [1, 0.6 + 0.4 * Math.SQRT1_2, 0.6, 0.6 - 0.4 * Math.SQRT1_2, 0.2];
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i], 12));
  });

  it('warms up to the rate in equal steps, starting above 0', () => {
    const config = { kind: 'cosine', rate: 1, floor: 0, warmUp: 0.04 } as const;
    const rates = [0, 1, 2, 3, 4].map((update) => learningRateAt(config, at(update)));
    rates.forEach((rate, i) => expect(rate).toBeCloseTo((i + 1) / 5, 12));
    expect(learningRateAt(config, at(5))).toBeLessThan(1);
    expect(learningRateAt(config, at(100))).toBeCloseTo(0, 12);
  });

  it('gives a usable rate in a run of a single batch', () => {
    for (const warmUp of [0, 0.6])
      expect(
        learningRateAt(
          { kind: 'cosine', rate: 1, floor: 0, warmUp },
          { update: 0, updates: 1, epoch: 0 },
        ),
      ).toBeGreaterThan(0.4);
  });
});
