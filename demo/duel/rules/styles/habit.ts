import type { DuelChoice } from '../actions.ts';
import { hasFireball } from '../fireballs.ts';
import { planOf } from './plans.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';
import { approach, CLOSE } from './style.ts';
import type { Choose, Plan, Situation } from './style.ts';

type Weights = readonly (readonly [number, Plan])[];

const NEAR: readonly DuelChoice[] = ['strike', 'throw', 'block', 'jump', 'retreat', 'idle', 'dash'];
const FAR: readonly DuelChoice[] = ['advance', 'fireball', 'jump', 'dash', 'idle', 'retreat'];

const oneOf = <T>(draw: Random, all: readonly T[]): T => all[Math.floor(draw() * all.length)];

/** A plan, with a duration that differs between players where it is held. */
function inventPlan(draw: Random, action: DuelChoice): Plan {
  const { ticks } = planOf(action);
  return ticks === undefined ? { action } : { action, ticks: Math.round(ticks * (0.6 + draw())) };
}

/** Weights that favour one or two plans, or nearly none: how strongly depends on `strength`. */
function inventWeights(draw: Random, choices: readonly DuelChoice[], strength: number): Weights {
  return choices.map((action) => [Math.pow(draw(), strength) + 0.004, inventPlan(draw, action)]);
}

/** What a habit at arm's length may depend on. */
const CUES = ['nothing', 'outcome', 'last', 'outcome and last', 'seen', 'distance'] as const;

/** A habit whose weights depend on a cue, which differs between players. */
function inventCuedHabit(draw: Random): Choose {
  const cue = oneOf(draw, CUES);
  const strength = 1 + draw() * 11;
  const memory = 40 + draw() * 100;
  const edge = 40 + draw() * 25;
  // The last choices, idle and dash, are rare at arm's length.
  const choices = NEAR.slice(0, draw() < 0.7 ? 5 : 7);
  const tables = new Map<string, Weights>();
  let last = 'none';
  return (now, random) => {
    const outcome = now.outcomeTicks < memory ? now.outcome : 'none';
    const key = {
      nothing: '',
      outcome,
      last,
      'outcome and last': `${outcome}/${last}`,
      seen: now.seen,
      distance: now.distance < edge ? 'near' : 'further',
    }[cue];
    let table = tables.get(key);
    if (!table) tables.set(key, (table = inventWeights(draw, choices, strength)));
    const plan = pick(random, table);
    last = plan.action;
    return plan;
  };
}

/** A fixed order of two to six choices; some players begin it again when they are hit. */
function inventCombo(draw: Random): Choose {
  const plans = Array.from({ length: 2 + Math.floor(draw() * 5) }, () =>
    inventPlan(draw, oneOf(draw, NEAR.slice(0, 5))),
  );
  const restarts = draw() < 0.5;
  const lapses = draw() * 0.2;
  let turn = 0;
  return (now, random) => {
    if (restarts && now.outcome.startsWith('was-') && now.outcomeTicks < 20) turn = 0;
    return random() < lapses ? oneOf(random, plans) : plans[turn++ % plans.length];
  };
}

/** What a player does at arm's length. */
export const inventHabit = (draw: Random): Choose =>
  draw() < 0.2 ? inventCombo(draw) : inventCuedHabit(draw);

/** What a player does from afar; null = what they do at arm's length. */
export function inventFooting(draw: Random): (now: Situation, random: Random) => Plan | null {
  const far = inventWeights(draw, FAR, 1 + draw() * 4);
  const waiting = inventWeights(draw, ['idle', 'retreat', 'advance', 'jump'], 1 + draw() * 4);
  const steps = inventWeights(draw, ['retreat', 'block', 'advance', 'dash'], 1 + draw() * 5);
  const patience = 60 + draw() * 150;
  const kind = draw();
  // Walks up, keeps away, or jumps in.
  if (kind < 0.6)
    return (now, random) => (now.distance > patience ? pick(random, far) : approach(now, random));
  const [inner, outer] = [70 + draw() * 60, 140 + draw() * 60];
  if (kind < 0.8)
    return (now, random) => {
      if (now.distance > outer)
        return pick(random, hasFireball(now.state, now.side) ? waiting : far);
      return now.distance > inner ? pick(random, steps) : null;
    };
  return (now, random) => {
    if (now.distance > outer) return approach(now, random);
    if (now.distance > inner) return random() < 0.85 ? { action: 'jump' } : pick(random, far);
    return now.distance > CLOSE ? pick(random, steps) : null;
  };
}
