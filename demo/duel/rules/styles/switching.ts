import { cycler } from './cycler.ts';
import { strikeAfterBlock } from './strike-after-block.ts';
import type { Style } from './style.ts';

/** Actions begun between two changes of habit, those that happen to him included. */
const HABIT_ACTIONS = 80;

/** Has two habits, and goes from one to the other in the middle of a match. */
export const switching = (seed: number): Style => {
  const habits = [strikeAfterBlock(seed), cycler(seed + 1)];
  return (state, side) => {
    // Both watch all the time, so that neither comes in blind.
    const intents = habits.map((habit) => habit(state, side));
    return intents[Math.floor(state.fighters[side].actionId / HABIT_ACTIONS) % habits.length];
  };
};
