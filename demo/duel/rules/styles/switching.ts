import { cycler } from './cycler.ts';
import { strikeAfterBlock } from './strike-after-block.ts';
import type { Style } from './style.ts';

/** Actions between two changes of habit, including those that happen to the fighter. */
const HABIT_ACTIONS = 80;

/** Switches between two habits in the middle of a match. */
export const switching = (seed: number): Style => {
  const habits = [strikeAfterBlock(seed), cycler(seed + 1)];
  return (state, side) => {
    // Both run all the time, so that each knows the recent actions when it takes over.
    const intents = habits.map((habit) => habit(state, side));
    return intents[Math.floor(state.fighters[side].actionId / HABIT_ACTIONS) % habits.length];
  };
};
