import { describe, expect, it } from 'vitest';
import { ReactionDelay } from '../../src/npc/reaction-delay.ts';
import { createRng } from '../../src/util/rng.ts';

const draw = (delay: ReactionDelay, n = 3000): number[] =>
  Array.from({ length: n }, () => delay.next());

describe('ReactionDelay', () => {
  it('draws uniformly from the human range, rounded up to whole ticks', () => {
    const delay = new ReactionDelay({ rng: createRng(1), tickRate: 1000 });
    const ticks = draw(delay);
    expect([delay.minTicks, delay.maxTicks]).toEqual([150, 250]);
    expect(Math.min(...ticks)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...ticks)).toBeLessThanOrEqual(250);
    expect(ticks.filter((t) => t <= 200).length / ticks.length).toBeCloseTo(0.5, 1);
    const at60 = new Set(draw(new ReactionDelay({ rng: createRng(1) })));
    expect([...at60].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14, 15]);
  });

  it('gives the same for the same seed, and draws nothing from the generator it was given', () => {
    const rng = createRng(4);
    const first = draw(new ReactionDelay({ rng }), 50);
    expect(draw(new ReactionDelay({ rng: createRng(4) }), 50)).toEqual(first);
    expect(rng.next()).toBe(createRng(4).next());
  });

  it.each([
    [[-1, 10], 60, /-1 to 10 ms/],
    [[20, 10], 60, /20 to 10 ms/],
    [[150, 250], 0, /tickRate is 0/],
  ] as const)('refuses %j ms at %d ticks per second', (ms, tickRate, message) => {
    expect(() => new ReactionDelay({ rng: createRng(1), ms, tickRate })).toThrow(message);
  });
});
