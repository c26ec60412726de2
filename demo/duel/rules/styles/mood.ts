import { otherSide } from '../state.ts';
import type { Random } from './random.ts';
import type { Situation } from './style.ts';

/** Which of a player's habits is in force, 0 or 1. Called once for each choice. */
export type Mood = (now: Situation, random: Random) => 0 | 1;

const either = (second: boolean): 0 | 1 => (second ? 1 : 0);

/** What changes a player's mood: nothing, health, the score, the clock, hits, spells or whims. */
export function inventMood(draw: Random): Mood {
  const threshold = draw();
  const kinds: readonly (() => Mood)[] = [
    () => () => 0,
    () => {
      const least = 20 + threshold * 50;
      return ({ state, side }) => either(state.fighters[side].health < least);
    },
    () => {
      const lead = threshold * 60 - 30;
      return ({ state, side }) =>
        either(state.fighters[side].health - state.fighters[otherSide(side)].health < lead);
    },
    () => {
      const share = 0.3 + threshold * 0.5;
      return ({ state }) => either(state.phaseTicks < state.options.roundTicks * share);
    },
    () =>
      ({ state, side }) =>
        either(state.wins[side] < state.wins[otherSide(side)]),
    () => {
      const ticks = 60 + threshold * 200;
      return ({ outcome, outcomeTicks }) =>
        either(outcome.startsWith('was-') && outcomeTicks < ticks);
    },
    () => {
      const spell = 15 + threshold * 60;
      let choices = 0;
      return () => either(Math.floor(choices++ / spell) % 2 === 1);
    },
    () => (_, random) => either(random() < threshold * 0.5),
  ];
  // A third of the players have no moods.
  return draw() < 1 / 3 ? kinds[0]() : kinds[1 + Math.floor(draw() * (kinds.length - 1))]();
}
