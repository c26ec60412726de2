import { createRandom, pick } from './random.ts';
import type { Random } from './random.ts';
import { approach, createStyle } from './style.ts';
import type { Plan, Style } from './style.ts';

const NEAR_PLANS: readonly Plan[] = [
  { action: 'strike' },
  { action: 'throw' },
  { action: 'block', ticks: 22 },
  { action: 'jump' },
  { action: 'retreat', ticks: 16 },
];
const FAR_PLANS: readonly Plan[] = [
  { action: 'advance', ticks: 14 },
  { action: 'fireball' },
  { action: 'jump' },
  { action: 'dash' },
  { action: 'idle', ticks: 14 },
];

/** Weights that mostly favour one or two of several plans, how strongly depends on the player. */
function habit(
  random: Random,
  plans: readonly Plan[],
  strength: number,
): readonly (readonly [number, Plan])[] {
  return plans.map((plan) => [Math.pow(random(), strength) + 0.004, plan] as const);
}

/**
 * A player whose habits are drawn from the seed: choices at arm's length depend on what has just
 * happened and on the last choice. Every seed is another person. Models are pretrained on many of
 * them, so that they learn to adapt to a new one.
 */
export function personality(seed: number): Style {
  const draw = createRandom(seed * 31 + 7);
  const strength = 2 + draw() * 10;
  const memory = draw() < 0.5;
  const tables = new Map<string, readonly (readonly [number, Plan])[]>();
  const far = habit(draw, FAR_PLANS, 1 + draw() * 4);
  const patience = 60 + draw() * 150;
  let last = 'none';
  return createStyle(seed, (now, random) => {
    if (now.distance > patience) return pick(random, far);
    const walk = approach(now, random);
    if (walk) return walk;
    const recent = now.outcomeTicks < 90 ? now.outcome : 'none';
    const key = memory ? `${recent}/${last}` : recent;
    let table = tables.get(key);
    if (!table) tables.set(key, (table = habit(draw, NEAR_PLANS, strength)));
    const plan = pick(random, table);
    last = plan.action;
    return plan;
  });
}
