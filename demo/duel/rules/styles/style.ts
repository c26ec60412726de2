import { ATTACKS, MOTION } from '../actions.ts';
import type { DuelAction } from '../actions.ts';
import { canAct, isAirborne } from '../fighter.ts';
import { REACTION_TICKS } from '../follow-up.ts';
import { intentFor } from '../intent.ts';
import { distanceOf, NO_INTENT, otherSide } from '../state.ts';
import type { DuelState, Intent, Outcome, Side } from '../state.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { REFLEX_DEFAULTS, watchFireballs, watchJumps, watchOpenings } from './reflexes.ts';
import type { Reflexes } from './reflexes.ts';

export type { Plan } from './plan.ts';

/** A scripted player: returns the controls of each tick. Has its own state; one per fighter. */
export type Style = (state: DuelState, side: Side) => Intent;

/** What a style knows when it chooses. */
export interface Situation {
  /** Between the fighters, px. */
  readonly distance: number;
  readonly outcome: Outcome;
  /** Ticks since that outcome. */
  readonly outcomeTicks: number;
  /** What the opponent did a reaction time ago. */
  readonly seen: DuelAction;
  readonly state: DuelState;
  readonly side: Side;
}

/** Chooses the next plan, on the ground. */
export type Choose = (situation: Situation, random: Random) => Plan;

/** At arm's length, px: a throw just reaches. */
export const CLOSE = ATTACKS.throw.range - 2;

/** A plan that cannot begin is given up after this many ticks. */
const PATIENCE = 12;

export interface StyleOptions {
  readonly reflexes?: Partial<Reflexes>;
  /** Ticks until the player sees what happens. */
  readonly reactionTicks?: number;
  /** Longest random wait before a plan, ticks: people are not exact to the tick. Default 3. */
  readonly hesitation?: number;
}

/**
 * Makes a player of `choose`: carries plans out with small random delays, chooses the next one when the
 * fighter is free and the plan is over, and lets reflexes interrupt it.
 */
export function createStyle(seed: number, choose: Choose, options: StyleOptions = {}): Style {
  const random = createRandom(seed);
  const { reactionTicks = REACTION_TICKS, hesitation = 3 } = options;
  const reflexes = { ...REFLEX_DEFAULTS, ...options.reflexes };
  const watches = [watchOpenings, watchJumps, watchFireballs].map((watch) =>
    watch(random, reflexes),
  );
  const glimpses: DuelAction[] = [];
  let plan: Plan = { action: 'idle', ticks: 10 };
  let wait = 0;
  let left = 10;
  let plannedAt = -1;
  let begun = false;
  let outcome: Outcome = 'none';
  let outcomeId = -1;
  let outcomeTicks = 0;

  const follow = (next: Plan, actionId: number): void => {
    plan = next;
    plannedAt = actionId;
    begun = false;
    wait = Math.floor(random() * (hesitation + 1));
    left = plan.ticks === undefined ? PATIENCE : plan.ticks + Math.floor(random() * 5) - 2;
  };

  return (state, side) => {
    const self = state.fighters[side];
    const other = state.fighters[otherSide(side)];
    glimpses.push(other.action);
    if (glimpses.length > reactionTicks + 1) glimpses.shift();
    // Each stun is a new outcome, even if it is the same one again.
    const again = self.stun > 0 && self.actionId !== outcomeId;
    outcomeTicks = self.outcome === outcome && !again ? outcomeTicks + 1 : 0;
    if (again) outcomeId = self.actionId;
    outcome = self.outcome;
    begun ||= self.actionId !== plannedAt && self.action === plan.action;
    // A hit ends the plan.
    if (self.stun > 0) left = 0;
    const urgent = watches.map((watch) => watch(state, side)).find((found) => found !== null);
    if (state.phase !== 'fight') return NO_INTENT;
    if (isAirborne(self)) return strikesDown(state, side);
    if (!canAct(self)) return NO_INTENT;
    if (urgent) {
      // Reflexes do not hesitate, and one in progress does not begin again.
      if (urgent.action !== plan.action || left <= 1) {
        follow(urgent, self.actionId);
        wait = 0;
      }
    } else if (left <= 0 || (begun && plan.ticks === undefined)) {
      const distance = distanceOf(state);
      follow(
        choose({ distance, outcome, outcomeTicks, seen: glimpses[0], state, side }, random),
        self.actionId,
      );
    }
    if (wait > 0) {
      wait--;
      // While it hesitates, a guard stays up.
      return self.action === 'block' ? intentFor('block', state, side) : NO_INTENT;
    }
    left--;
    return intentFor(plan.action, state, side);
  };
}

/** In the air: strikes on the way down when the strike reaches the opponent. */
function strikesDown(state: DuelState, side: Side): Intent {
  const { rise, height } = state.fighters[side];
  const reaches =
    rise < 0 &&
    height < MOTION.airStrikeReach + 30 &&
    distanceOf(state) < ATTACKS['air-strike'].range + 10;
  return reaches ? intentFor('air-strike', state, side) : NO_INTENT;
}

/** Distance below which a walking fighter risks a strike, px. */
const EDGE = ATTACKS.strike.range + 14;

/**
 * Walks until at arm's length, sometimes dashes, and sometimes guards where a strike might hit; null
 * at arm's length.
 */
export function approach({ distance }: Situation, random: Random): Plan | null {
  if (distance <= CLOSE) return null;
  if (distance > 150 && random() < 0.2) return { action: 'dash' };
  if (distance < EDGE && random() < 0.35) return { action: 'block', ticks: 14 };
  return { action: 'advance', ticks: 6 + Math.floor(random() * 8) };
}
