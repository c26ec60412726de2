import { pick } from './random.ts';
import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const GUARDED: readonly (readonly [number, Plan])[] = [
  [5, { action: 'block', ticks: 22 }],
  [1, { action: 'retreat', ticks: 14 }],
  [1, { action: 'strike' }],
];

/** Avoids what hurt it last: after a hit it guards, after a throw it jumps, otherwise it attacks. */
export const onceBitten = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    const walk = approach(now, random);
    if (walk) return walk;
    const recent = now.outcomeTicks < 100;
    if (recent && (now.outcome === 'was-hit' || now.outcome === 'traded'))
      return pick(random, GUARDED);
    if (recent && now.outcome === 'was-thrown') return { action: 'jump' };
    return pick(random, [
      [2, { action: 'strike' }],
      [2, { action: 'throw' }],
      [1, { action: 'retreat', ticks: 14 }],
    ]);
  });
