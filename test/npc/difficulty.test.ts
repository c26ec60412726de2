import { describe, expect, it } from 'vitest';
import { DIFFICULTIES, resolveDifficulty } from '../../src/npc/difficulty.ts';
import type { DifficultyName } from '../../src/npc/difficulty.ts';
import { ReactionDelay } from '../../src/npc/reaction-delay.ts';
import { createRng } from '../../src/util/rng.ts';

const rng = createRng(1);

describe('resolveDifficulty', () => {
  it('is a person at their best by default', () => {
    const { reaction, trust, error } = resolveDifficulty({ rng });
    expect([trust, error]).toEqual([1, 0]);
    expect(reaction).toBeInstanceOf(ReactionDelay);
    expect((reaction as ReactionDelay).minTicks).toBe(9);
  });

  it('has presets of rising difficulty, none faster than a person', () => {
    const [easy, normal, hard] = (['easy', 'normal', 'hard'] as const).map((d) => DIFFICULTIES[d]);
    for (const [less, more] of [
      [easy, normal],
      [normal, hard],
    ]) {
      expect(more.trust).toBeGreaterThan(less.trust);
      expect(more.error).toBeLessThan(less.error);
      for (const end of [0, 1]) expect(more.delayMs[end]).toBeLessThan(less.delayMs[end]);
    }
    expect(hard.delayMs[0]).toBeGreaterThanOrEqual(150);
  });

  it('prefers a single setting to the preset, and fixed ticks to a range', () => {
    const own = resolveDifficulty({ rng, difficulty: 'easy', trust: 0.9, reactionTicks: 7 });
    expect(own).toEqual({ reaction: 7, trust: 0.9, error: DIFFICULTIES.easy.error });
    const slow = resolveDifficulty({ rng, delayMs: [500, 500], tickRate: 20 });
    expect((slow.reaction as ReactionDelay).next()).toBe(10);
    const custom = resolveDifficulty({
      rng,
      difficulty: { delayMs: [1000, 1000], trust: 0.5, error: 0.25 },
    });
    expect(custom).toMatchObject({ trust: 0.5, error: 0.25 });
  });

  it('refuses unknown presets and settings out of range', () => {
    expect(() => resolveDifficulty({ rng, difficulty: 'brutal' as DifficultyName })).toThrow(
      /"brutal".*easy, normal, hard/,
    );
    expect(() => resolveDifficulty({ rng, error: 2 })).toThrow(/error is 2/);
    expect(() => resolveDifficulty({ rng, trust: -1 })).toThrow(/trust is -1/);
  });
});
