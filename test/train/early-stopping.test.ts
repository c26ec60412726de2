import { describe, expect, it } from 'vitest';
import { EarlyStopping } from '../../src/train/early-stopping.ts';

describe('EarlyStopping', () => {
  it('reports the best loss, and stops when `patience` more losses were no better', () => {
    const stopping = new EarlyStopping(2);
    const seen = [3, 2, 2, 1.5, 1.6, 1.5].map((loss) => [stopping.add(loss), stopping.stop]);
    expect(seen).toEqual([
      [true, false],
      [true, false],
      [false, false],
      [true, false],
      [false, false],
      [false, true],
    ]);
    expect(stopping.best).toBe(1.5);
  });

  it('never stops with patience 0', () => {
    const stopping = new EarlyStopping(0);
    for (let i = 0; i < 100; i++) stopping.add(1);
    expect(stopping.stop).toBe(false);
  });

  it('does not count NaN as a better loss', () => {
    const stopping = new EarlyStopping(1);
    expect(stopping.add(NaN)).toBe(false);
    expect(stopping.stop).toBe(true);
  });
});
