import type { DuelAction } from '../actions.ts';
import { createRandom, pick } from './random.ts';
import { SHARP_REFLEXES } from './reflexes.ts';
import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const IN_DOUBT: readonly (readonly [number, Plan])[] = [
  [3, { action: 'block', ticks: 14 }],
  [2, { action: 'strike' }],
  [1, { action: 'throw' }],
  [1, { action: 'retreat', ticks: 12 }],
];

/** What beats an action that still lasts when it is seen; null when nothing is needed. */
function answer(seen: DuelAction): Plan | null {
  if (seen === 'block') return { action: 'throw' };
  if (seen === 'advance' || seen === 'throw') return { action: 'strike' };
  return seen === 'strike' ? { action: 'block', ticks: 14 } : null;
}

/** Has no habits: gives the best answer to what it saw a fifth to a third of a second ago. */
export const reactive = (seed: number): Style => {
  const reactionTicks = 12 + Math.floor(createRandom(seed ^ 0x5bd1)() * 7);
  return createStyle(
    seed,
    (now, random) => {
      const walk = approach(now, random);
      if (walk) return walk;
      return (random() < 0.6 ? answer(now.seen) : null) ?? pick(random, IN_DOUBT);
    },
    { reactionTicks, reflexes: SHARP_REFLEXES },
  );
};
