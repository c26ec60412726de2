import { ATTACKS } from '../actions.ts';
import type { DuelAction, DuelChoice } from '../actions.ts';
import { canAct, isAirborne } from '../fighter.ts';
import { REACTION_TICKS } from '../follow-up.ts';
import { intentFor } from '../intent.ts';
import { distanceOf, NO_INTENT, otherSide } from '../state.ts';
import type { DuelState, Intent, Outcome, Side } from '../state.ts';

/** A scripted player: says what the controls do at each tick. Keeps its own memory; one per fighter. */
export type Style = (state: DuelState, side: Side) => Intent;

/** Random numbers in [0, 1) of a style; the rules themselves have no chance in them. */
export type Random = () => number;

/** What a style looks at when it may choose anew. */
export interface Situation {
  readonly distance: number;
  readonly outcome: Outcome;
  /** Ticks since that outcome came about. */
  readonly outcomeTicks: number;
  /** What the opponent did `REACTION_TICKS` ago, as people see it. */
  readonly seen: DuelAction;
  readonly airborne: boolean;
  /** Choices made so far. */
  readonly choices: number;
  readonly state: DuelState;
  readonly side: Side;
}

/** What to do, and for how many ticks where it is something that is held. */
export interface Plan {
  readonly action: DuelChoice;
  readonly ticks?: number;
}

export type Choose = (situation: Situation, random: Random) => Plan;

/** At arm's length, px: a strike reaches, and so nearly does a throw. */
export const CLOSE = 66;

/** Small state, good enough for scripted players (Marsaglia's xorshift, 32 bits). */
export function createRandom(seed: number): Random {
  let x = (seed * 2654435761 + 1013904223) >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 4294967296;
  };
}

/**
 * Makes a player of a chooser: carries plans out with a person's small differences in timing, and
 * asks for the next when the fighter is free and the plan is over.
 */
export function createStyle(seed: number, choose: Choose): Style {
  const random = createRandom(seed);
  const seen: DuelAction[] = [];
  let plan: Plan = { action: 'idle', ticks: 10 };
  let left = 10;
  let begunAt = -1;
  let choices = 0;
  let outcome: Outcome = 'none';
  let outcomeTicks = 0;
  return (state, side) => {
    const self = state.fighters[side];
    seen.push(state.fighters[otherSide(side)].action);
    if (seen.length > REACTION_TICKS) seen.shift();
    outcomeTicks = self.outcome === outcome ? outcomeTicks + 1 : 0;
    outcome = self.outcome;
    if (state.phase !== 'fight') return NO_INTENT;
    left--;
    const airborne = isAirborne(self);
    const begun = begunAt !== self.actionId && self.action === plan.action;
    const held = plan.ticks !== undefined;
    const over = held ? left <= 0 : begun || left <= -30;
    if ((canAct(self) || (airborne && self.action === 'jump')) && over) {
      const distance = distanceOf(state);
      plan = choose(
        { distance, outcome, outcomeTicks, seen: seen[0], airborne, choices, state, side },
        random,
      );
      choices++;
      begunAt = self.actionId;
      left = plan.ticks === undefined ? 0 : plan.ticks + Math.floor(random() * 5) - 2;
    }
    return intentFor(plan.action, state, side);
  };
}

/** Walks, now and then dashes, until at arm's length; null when there. */
export function approach({ distance }: Situation, random: Random): Plan | null {
  if (distance <= CLOSE) return null;
  if (distance > 200 && random() < 0.2) return { action: 'dash' };
  return { action: 'advance', ticks: 6 + Math.floor(random() * 8) };
}

/** In the air: strikes when near enough, else waits to land. */
export function airPlan({ distance, state, side }: Situation): Plan {
  const falling = state.fighters[side].rise < 0;
  const near = distance < ATTACKS['air-strike'].range + 20;
  return falling && near ? { action: 'air-strike' } : { action: 'idle', ticks: 2 };
}

/** One of several plans by weight. */
export function pick(random: Random, options: readonly (readonly [number, Plan])[]): Plan {
  let left = random() * options.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, plan] of options) if ((left -= weight) < 0) return plan;
  return options[options.length - 1][1];
}
