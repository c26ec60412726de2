import { describe, expect, it } from 'vitest';
import { evenSpread } from '../../src/dataset/value-spread.ts';
import { ValueBlend } from '../../src/predict/value-blend.ts';
import { createRng } from '../../src/util/rng.ts';
import type { Rng } from '../../src/util/rng.ts';

/** Next values, each from the last two; and what a linear path and a network expect. */
interface World {
  readonly next: (last: number, before: number, rng: Rng) => number;
  readonly linear: (last: number, before: number) => number;
  readonly network: (last: number, before: number, rng: Rng) => number;
}

/** A normal value divided by another: no variance. */
const wild = (rng: Rng): number => rng.normal() / Math.max(0.01, Math.abs(rng.normal()));

const WORLDS: Readonly<Record<string, World>> = {
  'a linear system': {
    next: (last, before, rng) => 1.8 * last - 0.9 * before + 0.1 * rng.normal(),
    linear: (last, before) => 1.8 * last - 0.9 * before,
    network: (last, _, rng) => last + rng.normal(),
  },
  'heavy tails': {
    next: (last, _, rng) => 0.5 * last + 0.1 * wild(rng),
    linear: (last) => 0.5 * last,
    network: (last, _, rng) => 0.5 * last + 0.5 * rng.normal(),
  },
  'a constant': { next: () => 2, linear: () => 2, network: (_, __, rng) => 2 + rng.normal() },
  'exact repeats': {
    next: (last, _, rng) => (rng.next() < 0.9 ? last : rng.normal()),
    linear: (last) => 0.9 * last,
    network: (_, __, rng) => rng.normal(),
  },
};

/** Runs a world; the root of the mean squared error of the blend and of each prediction. */
function run({ next, linear, network }: World, seed: number): { own: number; simple: number[] } {
  const rng = createRng(seed);
  const blend = new ValueBlend({
    resolution: 1e-4,
    linear: true,
    deviation: 1,
    spread: evenSpread(1),
  });
  let [last, before] = [2, 2];
  let own = 0;
  const simple = [0, 0, 0];
  for (let i = 0; i < 2000; i++) {
    const expected = [last, linear(last, before), network(last, before, rng)];
    const value = next(last, before, rng);
    // The first steps are for learning whom to trust.
    if (i >= 300) {
      own += (value - blend.mean(expected)) ** 2;
      expected.forEach((one, j) => (simple[j] += (value - one) ** 2));
    }
    blend.learn(expected, value);
    [before, last] = [last, value];
  }
  return { own: Math.sqrt(own / 1700), simple: simple.map((sum) => Math.sqrt(sum / 1700)) };
}

describe.each(Object.entries(WORLDS))('the blend in %s', (_, world) => {
  it.each([1, 2, 3])('is hardly worse than the best prediction, seed %i', (seed) => {
    const { own, simple } = run(world, seed);
    expect(own).toBeLessThan(1.03 * Math.min(...simple) + 0.02);
  });
});
