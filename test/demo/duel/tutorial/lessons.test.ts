import { expect, it } from 'vitest';
import {
  createDuel,
  distanceOf,
  intentFor,
  NO_INTENT,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelAction, DuelState, Intent } from '../../../../demo/duel/rules/index.ts';
import { Lessons, SKILLS } from '../../../../demo/duel/tutorial/lessons.ts';
import type { Skill } from '../../../../demo/duel/tutorial/lessons.ts';

interface Played {
  readonly learned: readonly (Skill | null)[];
  readonly ticks: number;
}

/** Plays the tutorial for so many ticks at most. */
function play(choose: (state: DuelState, skill: Skill) => DuelAction, limit: number): Played {
  const lessons = new Lessons();
  const state = createDuel({ roundsToWin: Infinity, roundTicks: Infinity });
  const learned: (Skill | null)[] = [];
  let ticks = 0;
  for (; ticks < limit && lessons.skill; ticks++) {
    const before = lessons.skill;
    const mine: Intent =
      state.phase === 'fight' ? intentFor(choose(state, before), state, 0) : NO_INTENT;
    for (const event of stepDuel(state, [mine, lessons.partner(state)])) lessons.event(event);
    for (const fighter of state.fighters) fighter.health = 100;
    if (lessons.skill !== before) learned.push(before);
  }
  return { learned, ticks };
}

/** What each lesson wants. */
const does = (state: DuelState, skill: Skill): DuelAction => {
  const distance = distanceOf(state);
  if (skill === 'strike') return distance < 90 ? 'strike' : 'idle';
  if (skill === 'throw') return distance < 60 ? 'throw' : 'advance';
  return 'block';
};

it('teaches strike, throw and block within half a minute of play', () => {
  const { learned, ticks } = play(does, 60 * 60);
  expect(learned).toEqual([...SKILLS]);
  expect(ticks).toBeLessThan(30 * 60);
});

it('waits for as long as the player does something else', () => {
  expect(play(() => 'block', 60 * 60).learned).toEqual([]);
  const strikesAlways = play((state) => (distanceOf(state) < 90 ? 'strike' : 'advance'), 60 * 60);
  expect(strikesAlways.learned).toEqual(['strike']);
});
