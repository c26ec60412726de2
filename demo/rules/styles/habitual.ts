import { airPlan, approach, createStyle, pick } from './style.ts';
import type { Plan, Style } from './style.ts';

const BLOCK: Plan = { action: 'block', ticks: 26 };

/** Walks up, guards, and strikes whenever it has just blocked something; gets impatient at times. */
export const strikeAfterBlock = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    if (now.outcome === 'blocked-attack' && now.outcomeTicks < 45) return { action: 'strike' };
    return (
      approach(now, random) ??
      pick(random, [
        [7, BLOCK],
        [1, { action: 'retreat', ticks: 14 }],
        [1, { action: 'throw' }],
      ])
    );
  });

/** At arm's length always the same round: block, strike, throw. */
export const cycler = (seed: number): Style => {
  let turn = 0;
  const round: readonly Plan[] = [
    { action: 'block', ticks: 20 },
    { action: 'strike' },
    { action: 'throw' },
  ];
  return createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    return approach(now, random) ?? round[turn++ % round.length];
  });
};

/** Throws after being hit or thrown, strikes after hitting, else guards. */
export const hotHead = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    const walk = approach(now, random);
    if (walk) return walk;
    const recent = now.outcomeTicks < 120;
    if (recent && (now.outcome === 'was-hit' || now.outcome === 'was-thrown'))
      return { action: 'throw' };
    if (recent && (now.outcome === 'hit' || now.outcome === 'threw')) return { action: 'strike' };
    return pick(random, [
      [2, BLOCK],
      [1, { action: 'strike' }],
    ]);
  });

/** Throws fireballs from afar; strikes and runs when caught. */
export const zoner = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    if (now.distance > 170)
      return pick(random, [
        [4, { action: 'fireball' }],
        [1, { action: 'idle', ticks: 16 }],
      ]);
    if (now.distance > 90) return { action: 'retreat', ticks: 16 };
    return pick(random, [
      [3, { action: 'strike' }],
      [1, { action: 'jump' }],
      [1, { action: 'retreat', ticks: 20 }],
    ]);
  });

/** Jumps in, lands with a throw. */
export const jumper = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    if (now.distance > 190) return { action: 'advance', ticks: 12 };
    if (now.distance > 80) return { action: 'jump' };
    return pick(random, [
      [4, { action: 'throw' }],
      [1, { action: 'retreat', ticks: 24 }],
    ]);
  });
