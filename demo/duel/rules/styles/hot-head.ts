import { pick } from './random.ts';
import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const BLOCK: Plan = { action: 'block', ticks: 22 };

/** Retaliates: throws after being hit or thrown, strikes after hitting, otherwise guards or strikes. */
export const hotHead = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    const walk = approach(now, random);
    if (walk) return walk;
    const recent = now.outcomeTicks < 120;
    if (recent && (now.outcome === 'was-hit' || now.outcome === 'was-thrown'))
      return { action: 'throw' };
    if (recent && (now.outcome === 'hit' || now.outcome === 'threw')) return { action: 'strike' };
    return pick(random, [
      [3, BLOCK],
      [1, { action: 'strike' }],
    ]);
  });
