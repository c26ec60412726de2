import { pick } from './random.ts';
import { CLOSE, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const NEAR: readonly (readonly [number, Plan])[] = [
  [4, { action: 'throw' }],
  [2, { action: 'strike' }],
  [1, { action: 'block', ticks: 18 }],
  [1, { action: 'retreat', ticks: 24 }],
];
const FURTHER: readonly (readonly [number, Plan])[] = [
  [3, { action: 'retreat', ticks: 16 }],
  [2, { action: 'block', ticks: 14 }],
  [2, { action: 'advance', ticks: 12 }],
];

/** Jumps in, throws on landing, and steps back for the next jump. */
export const jumper = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.distance > 195) return { action: 'advance', ticks: 12 };
    if (now.distance > 130) return { action: 'jump' };
    if (now.distance > CLOSE) return pick(random, FURTHER);
    return pick(random, NEAR);
  });
