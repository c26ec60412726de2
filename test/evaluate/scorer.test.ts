import { describe, expect, it } from 'vitest';
import { Scorer } from '../../src/evaluate/scorer.ts';
import { createRng } from '../../src/util/rng.ts';

describe('Scorer', () => {
  it('gives the scores of a case computed by hand', () => {
    const scorer = new Scorer();
    scorer.add([0.5, 0.3, 0.1, 0.1], 0); // hit at 0.5
    scorer.add([0.5, 0.3, 0.1, 0.1], 1); // second
    scorer.add([0.5, 0.3, 0.1, 0.1], 3); // fourth: ties rank by index
    scorer.add([0.1, 0.1, 0.7, 0.1], 2); // hit at 0.7
    const { top1, top3, logLoss, ece } = scorer.scores();
    expect(scorer.count).toBe(4);
    expect(top1).toBe(0.5);
    expect(top3).toBe(0.75);
    expect(logLoss).toBeCloseTo(-Math.log(0.5 * 0.3 * 0.1 * 0.7) / 4, 12);
    // Bin of 0.5: one hit of three, confidence 0.5; bin of 0.7: one hit of one.
    expect(ece).toBeCloseTo((3 * Math.abs(1 / 3 - 0.5) + 0.3) / 4, 12);
  });

  it('ranks a guess first even when it is improbable', () => {
    const scorer = new Scorer();
    scorer.add([0.4, 0.3, 0.2, 0.1], 3, 3);
    scorer.add([0.4, 0.3, 0.2, 0.1], 2, 3); // after 3, 0, 1
    const { top1, top3 } = scorer.scores();
    expect(top1).toBe(0.5);
    expect(top3).toBe(0.5);
  });

  it('finds almost no calibration error when confidence matches the hits, and the gap when it does not', () => {
    const rng = createRng(3);
    const honest = new Scorer();
    const vain = new Scorer();
    for (let i = 0; i < 20000; i++) {
      const p = 0.5 + rng.next() / 2;
      const actual = rng.next() < p ? 0 : 1;
      honest.add([p, 1 - p], actual);
      vain.add([1, 0], actual);
    }
    expect(honest.scores().ece).toBeLessThan(0.02);
    expect(vain.scores().ece).toBeCloseTo(0.25, 1);
  });

  it('stays finite when a probability vanished', () => {
    const scorer = new Scorer();
    scorer.add([1, 0], 1);
    expect(scorer.scores().logLoss).toBeCloseTo(103.28, 2);
  });

  it('gives NaN when nothing was scored', () => {
    expect(new Scorer().scores().top1).toBeNaN();
  });
});
