import { hasFireball } from '../fireballs.ts';
import { pick } from './random.ts';
import { createStyle } from './style.ts';
import type { Style } from './style.ts';

/** Throws fireballs from afar; strikes and runs when caught. */
export const zoner = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.distance > 170) {
      if (hasFireball(now.state, now.side))
        return pick(random, [
          [2, { action: 'retreat', ticks: 10 }],
          [2, { action: 'idle', ticks: 8 }],
          [1, { action: 'advance', ticks: 10 }],
        ]);
      return pick(random, [
        [4, { action: 'fireball' }],
        [1, { action: 'idle', ticks: 16 }],
      ]);
    }
    if (now.distance > 90) return { action: 'retreat', ticks: 16 };
    return pick(random, [
      [3, { action: 'strike' }],
      [1, { action: 'block', ticks: 16 }],
      [2, { action: 'retreat', ticks: 20 }],
    ]);
  });
