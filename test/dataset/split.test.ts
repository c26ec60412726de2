import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBySession, splitFolds, splitLast } from '../../src/dataset/split.ts';
import type { Episode } from '../../src/record/episode.ts';
import { anyEpisodes, makeEpisode } from './make-episodes.ts';

/** Two episodes for each session, as the two sides of a match. */
function matches(lengths: readonly number[]): Episode[] {
  return lengths.flatMap((length, i) =>
    [0, 1].map((side) =>
      makeEpisode(
        Array.from({ length }, (_, step) => [step, 0]),
        { id: `${i}:${side}`, session: `match ${i}` },
      ),
    ),
  );
}

const stepsOf = (episodes: readonly Episode[]): number =>
  episodes.reduce((sum, { length }) => sum + length, 0);
const sessionsOf = (episodes: readonly Episode[]): Set<string> =>
  new Set(episodes.map(({ session }) => session));

describe('splitBySession', () => {
  it('holds out about the fraction of the steps', () => {
    const episodes = matches([50, 60, 40, 55, 45, 50, 50, 62, 38, 50]);
    const { train, heldOut } = splitBySession(episodes, { fraction: 0.2, seed: 1 });
    expect(stepsOf(heldOut) / stepsOf(episodes)).toBeCloseTo(0.2, 1);
    expect(train.length + heldOut.length).toBe(20);
  });

  it('depends on the seed and not on the order of the episodes', () => {
    const episodes = matches([50, 60, 40, 55, 45, 50, 50, 62, 38, 50]);
    const drawn = (seed: number, from = episodes): string[] =>
      [...sessionsOf(splitBySession(from, { fraction: 0.2, seed }).heldOut)].sort();
    expect(drawn(3)).toEqual(drawn(3, [...episodes].reverse()));
    const draws = new Set([1, 2, 3, 4, 5, 6].map((seed) => drawn(seed).join()));
    expect(draws.size).toBeGreaterThan(2);
  });

  it('keeps a session on each side, even when all are too large', () => {
    const { train, heldOut } = splitBySession(matches([100, 30]), { fraction: 0.05, seed: 1 });
    expect([...sessionsOf(train)]).toEqual(['match 0']);
    expect([...sessionsOf(heldOut)]).toEqual(['match 1']);
    const most = splitBySession(matches([100, 30]), { fraction: 0.99, seed: 1 });
    expect(most.train).not.toEqual([]);
  });

  it('holds nothing out of a single session, or with a fraction of 0', () => {
    const one = matches([100]);
    expect(splitBySession(one, { fraction: 0.5, seed: 1 })).toEqual({ train: one, heldOut: [] });
    const many = matches([10, 10, 10]);
    expect(splitBySession(many, { fraction: 0, seed: 1 })).toEqual({ train: many, heldOut: [] });
    expect(splitBySession([], { fraction: 0.5, seed: 1 })).toEqual({ train: [], heldOut: [] });
  });

  it.each([-0.1, 1, NaN])('refuses a fraction of %s', (fraction) => {
    expect(() => splitBySession([], { fraction, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'bad-config' }),
    );
  });

  it('never splits a session, loses an episode, or uses one marked "do not learn"', () => {
    const fractions = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(anyEpisodes(30), fractions, fc.nat(99), (episodes, fraction, seed) => {
        const { train, heldOut } = splitBySession(episodes, { fraction, seed });
        const learned = episodes.filter(({ learn }) => learn);
        expect(new Set([...train, ...heldOut])).toEqual(new Set(learned));
        const both = [...sessionsOf(heldOut)].filter((name) => sessionsOf(train).has(name));
        expect(both).toEqual([]);
        if (sessionsOf(learned).size > 1)
          expect(Math.min(train.length, heldOut.length)).toBeGreaterThan(0);
      }),
    );
  });

  it('misses the fraction by at most half of the smallest session', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(lengths, fc.nat(99), (steps, seed) => {
        const episodes = matches(steps);
        const { train, heldOut } = splitBySession(episodes, { fraction: 0.3, seed });
        const off = Math.abs(stepsOf(heldOut) - 0.3 * stepsOf(episodes));
        const largest = 2 * Math.max(...steps);
        expect(off).toBeLessThanOrEqual(largest);
        if (sessionsOf(heldOut).size === 1 || sessionsOf(train).size === 1) return;
        const left = [...sessionsOf(train)].map(
          (name) => 2 * steps[Number(name.slice('match '.length))],
        );
        expect(off).toBeLessThanOrEqual(Math.min(...left) / 2 + 1e-9);
      }),
    );
  });
});

describe('splitLast', () => {
  it('holds out the last sessions, as near to the fraction as whole ones come', () => {
    const episodes = matches([50, 60, 40, 55, 45, 50, 50, 62, 38, 50]);
    const heldOut = (fraction: number): string[] => [
      ...sessionsOf(splitLast(episodes, fraction).heldOut),
    ];
    expect(heldOut(0.2)).toEqual(['match 8', 'match 9']);
    expect(heldOut(0.01)).toEqual(['match 9']);
    expect(heldOut(0.99)).toHaveLength(9);
    expect(heldOut(0)).toEqual([]);
  });

  it('keeps a single session for training, and leaves out episodes marked "do not learn"', () => {
    const [episode] = matches([30]);
    expect(splitLast([episode], 0.5)).toEqual({ train: [episode], heldOut: [] });
    expect(splitLast([{ ...episode, learn: false }], 0.5)).toEqual({ train: [], heldOut: [] });
  });

  it('refuses an invalid fraction', () => {
    expect(() => splitLast([], 1)).toThrow(/held-out fraction is 1\. Give a number/);
  });
});

describe('splitFolds', () => {
  it('holds every session out once, without training on it in that fold', () => {
    fc.assert(
      fc.property(anyEpisodes(), fc.integer({ min: 1, max: 9 }), (episodes, count) => {
        const used = episodes.filter(({ learn }) => learn);
        const folds = splitFolds(episodes, count);
        const sessions = new Set(used.map(({ session }) => session));
        expect(folds).toHaveLength(Math.min(count, sessions.size));
        expect(new Set(folds.flatMap(({ heldOut }) => heldOut))).toEqual(new Set(used));
        expect(folds.flatMap(({ heldOut }) => heldOut)).toHaveLength(used.length);
        for (const { train, heldOut } of folds) {
          expect(train.length + heldOut.length).toBe(used.length);
          const own = new Set(heldOut.map(({ session }) => session));
          expect(train.some(({ session }) => own.has(session))).toBe(false);
        }
      }),
    );
  });
});
