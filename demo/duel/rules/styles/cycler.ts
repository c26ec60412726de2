import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const ROUND: readonly Plan[] = [
  { action: 'block', ticks: 20 },
  { action: 'block', ticks: 20 },
  { action: 'throw' },
  { action: 'strike' },
];

/** Repeats one sequence at arm's length: block, block, throw, strike. */
export const cycler = (seed: number): Style => {
  let turn = 0;
  return createStyle(seed, (now, random) => approach(now, random) ?? ROUND[turn++ % ROUND.length]);
};
