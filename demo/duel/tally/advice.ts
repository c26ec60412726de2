import type { DuelChoice } from '../rules/index.ts';
import type { Habit } from './habit-tally.ts';
import { AFTER } from './habit-text.ts';

/** What beats an action, as far as one thing does: what a rival that expects it does. */
const BEATEN_BY: Readonly<Record<DuelChoice, DuelChoice>> = {
  idle: 'throw',
  advance: 'strike',
  retreat: 'fireball',
  jump: 'strike',
  dash: 'throw',
  block: 'throw',
  strike: 'block',
  throw: 'strike',
  fireball: 'jump',
  'air-strike': 'block',
};

/** "... now and then" */
const DO: Readonly<Record<DuelChoice, string>> = {
  idle: 'wait',
  advance: 'walk in',
  retreat: 'back off',
  jump: 'jump',
  dash: 'dash',
  block: 'block',
  strike: 'strike',
  throw: 'throw',
  fireball: 'throw a fireball',
  'air-strike': 'strike from the air',
};

/** A line of advice on the strongest habit: do what beats the rival's answer to it. */
export function advice(habits: readonly Habit[]): string {
  const [habit] = habits;
  if (!habit) return 'Advice: stay as you are. Nothing you do gives you away.';
  const answer = habit.reply ?? BEATEN_BY[habit.action];
  const best = BEATEN_BY[answer];
  const better = best === habit.action ? 'wait a moment' : DO[best];
  // "After a block, block now and then" would confuse.
  const again = best === habit.context && best !== habit.action ? ' again' : '';
  return `Advice: after ${AFTER[habit.context]}, ${better}${again} now and then.`;
}
