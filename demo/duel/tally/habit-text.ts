import type { DuelChoice } from '../rules/index.ts';
import type { Habit, HabitContext } from './habit-tally.ts';

/** "you ..." */
const DID: Readonly<Record<DuelChoice, string>> = {
  idle: 'waited',
  advance: 'walked in',
  retreat: 'backed off',
  jump: 'jumped',
  dash: 'dashed',
  block: 'blocked',
  strike: 'struck',
  throw: 'tried to throw',
  fireball: 'threw a fireball',
  'air-strike': 'struck from the air',
};

/** "After ...", and "with ...". */
const MOVES: Readonly<Record<Exclude<DuelChoice, 'idle'>, string>> = {
  advance: 'walking in',
  retreat: 'backing off',
  jump: 'a jump',
  dash: 'a dash',
  block: 'a block',
  strike: 'a strike',
  throw: 'a throw',
  fireball: 'a fireball',
  'air-strike': 'a strike from the air',
};

/** "After ..." */
export const AFTER: Readonly<Record<HabitContext, string>> = {
  hit: 'hitting',
  'was-hit': 'being hit',
  'was-thrown': 'being thrown',
  blocked: 'your attack was blocked',
  guarded: 'blocking an attack',
  whiffed: 'a miss',
  idle: 'waiting',
  ...MOVES,
};

/** A habit as a sentence: "After a block you struck 9 of 12 times." */
export function habitText({ context, action, count, total }: Habit): string {
  // "After waiting you waited" would confuse; "you waited again" does not.
  const again = context === action ? ' again' : '';
  return `After ${AFTER[context]} you ${DID[action]}${again} ${count} of ${total} times.`;
}

/** "... with ..." */
const WITH: Readonly<Record<DuelChoice, string>> = { idle: 'standing still', ...MOVES };

/** What the rival did with a habit: "It saw 7 coming and answered 4, mostly with a block." */
export function answerText({ foreseen, answered, reply }: Habit): string {
  if (!foreseen) return 'It saw none of them coming.';
  const saw = `It saw ${foreseen} coming`;
  if (!reply) return `${saw} and made nothing of it.`;
  return `${saw} and answered ${answered}, mostly with ${WITH[reply]}.`;
}
