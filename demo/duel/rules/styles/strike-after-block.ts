import { pick } from './random.ts';
import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const BLOCK: Plan = { action: 'block', ticks: 26 };

/** Walks up, guards, and strikes after every block; sometimes impatient. */
export const strikeAfterBlock = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.outcome === 'blocked-attack' && now.outcomeTicks < 45) return { action: 'strike' };
    return (
      approach(now, random) ??
      pick(random, [
        [5, BLOCK],
        [1, { action: 'retreat', ticks: 14 }],
        [2, { action: 'throw' }],
        [1, { action: 'strike' }],
      ])
    );
  });
