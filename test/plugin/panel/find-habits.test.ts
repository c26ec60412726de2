import { describe, expect, it } from 'vitest';
import { findHabits } from '../../../plugin/panel/find-habits.ts';
import { makeEpisode, SPEC } from '../../dataset/make-episodes.ts';

const [IDLE, JAB, BLOCK] = [0, 1, 2];
/** A step with a rival's action. */
const step = (action: number, rival: number, i: number) => [10 * i, action, i, 0, rival, 3];

describe('findHabits', () => {
  it('finds what is done more often after an action, and while a category has a value', () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      // After a block it jabs, but for every fifth time; while the rival throws (3) it blocks.
      const round = Math.floor(i / 3);
      if (i % 3 === 0) return step(BLOCK, 3, i);
      if (i % 3 === 1) return step(round % 5 ? JAB : IDLE, 1, i);
      return step(IDLE, 0, i);
    });
    const habits = findHabits(SPEC, [makeEpisode(rows)], 9);
    const afterBlock = habits.find(
      ({ context }) => context.kind === 'action' && context.action === 'block',
    );
    expect(afterBlock).toMatchObject({ action: 'jab', count: 16, total: 20 });
    expect(habits).toContainEqual({
      context: { kind: 'place', field: 'rivalAction', back: 0, value: 'throw' },
      action: 'block',
      count: 19,
      total: 19,
    });
    expect(findHabits(SPEC, [makeEpisode(rows)], 1)).toHaveLength(1);
  });

  it('finds none in even play, in few steps, and across episodes', () => {
    const even = Array.from({ length: 90 }, (_, i) => step((i + Math.floor(i / 3)) % 3, 0, i));
    for (const { count, total } of findHabits(SPEC, [makeEpisode(even)], 9))
      expect(count).toBeLessThan(total);
    const short = Array.from({ length: 9 }, (_, i) => makeEpisode([step(i % 2, 0, i)]));
    expect(findHabits(SPEC, short, 9)).toEqual([]);
  });

  it('leaves out what only happens to a character, and values that are not known', () => {
    const spec = { ...SPEC, action: { ...SPEC.action, choices: ['jab', 'block'] } };
    const rows = Array.from({ length: 40 }, (_, i) => step(i % 2 ? JAB : IDLE, NaN, i));
    const habits = findHabits(spec, [makeEpisode(rows)], 9);
    expect(habits.every(({ action }) => action !== 'idle')).toBe(true);
    expect(
      habits.every(({ context }) => context.kind !== 'place' || context.field !== 'rivalAction'),
    ).toBe(true);
  });
});
