import { isAttack } from '../actions.ts';
import { isAirborne } from '../fighter.ts';
import { isComing } from '../fireballs.ts';
import { isOpen, meetsJump, REACTION_TICKS } from '../follow-up.ts';
import { distanceOf, otherSide } from '../state.ts';
import type { DuelState, Side } from '../state.ts';
import type { Plan } from './plan.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';

/** How a player reacts to fireballs, jumps and openings, apart from the habits. */
export interface Reflexes {
  /** Weights of the answers to a fireball; `null` = ignores it. */
  readonly fireball: readonly (readonly [number, 'block' | 'jump' | 'dash' | null])[];
  /** Weights of the answers to a jump; `null` = ignores it. */
  readonly jump: readonly (readonly [number, 'strike' | 'block' | null])[];
  /** Share of missed or blocked attacks that the player punishes with a strike, 0 to 1. */
  readonly punish: number;
}

export const REFLEX_DEFAULTS: Reflexes = {
  fireball: [
    [4, 'block'],
    [3, 'jump'],
    [3, 'dash'],
    [2, null],
  ],
  jump: [
    [3, 'strike'],
    [3, 'block'],
    [4, null],
  ],
  punish: 0.5,
};

/** Reflexes of a player as good as people can be, as the payoff tables assume. */
export const SHARP_REFLEXES: Reflexes = {
  fireball: [
    [3, 'block'],
    [2, 'jump'],
    [3, 'dash'],
  ],
  jump: [
    [5, 'strike'],
    [4, 'block'],
    [1, null],
  ],
  punish: 0.9,
};

/** Distances of a fireball at which each answer is in time, px. */
const IN_TIME = { block: [0, 90], dash: [30, 130], jump: [110, 160] } as const;

/** Returns at every tick a plan that interrupts the current one, or null. */
export type Watch = (state: DuelState, side: Side) => Plan | null;

/** Answers fireballs: decides once for each, after the reaction time. */
export function watchFireballs(random: Random, { fireball }: Reflexes): Watch {
  let age = 0;
  let answer: Reflexes['fireball'][number][1] = null;
  return (state, side) => {
    const ball = state.fireballs.find((flying) => isComing(flying, state, side));
    age = ball ? age + 1 : 0;
    if (age === REACTION_TICKS) answer = pick(random, fireball);
    if (!ball || !answer || age < REACTION_TICKS) return null;
    // Once is enough.
    if (answer !== 'block' && state.fighters[side].action === answer) answer = null;
    if (!answer) return null;
    const away = Math.abs(ball.x - state.fighters[side].x);
    const [from, to] = IN_TIME[answer];
    if (away < from || away > to) return null;
    return answer === 'block' ? { action: answer, ticks: 4 } : { action: answer };
  };
}

/** Answers jumps: decides once for each, after the reaction time. */
export function watchJumps(random: Random, { jump }: Reflexes): Watch {
  let age = 0;
  let answer: Reflexes['jump'][number][1] = null;
  return (state, side) => {
    const other = state.fighters[otherSide(side)];
    age = isAirborne(other) && other.action !== 'knockdown' ? age + 1 : 0;
    if (age === REACTION_TICKS) answer = pick(random, jump);
    if (age < REACTION_TICKS || !answer) return null;
    if (answer === 'strike') return meetsJump(state, side) ? { action: 'strike' } : null;
    return other.rise < 0 && distanceOf(state) < 110 ? { action: 'block', ticks: 6 } : null;
  };
}

/** Punishes attacks that leave the attacker open: decides once for each, after the reaction time. */
export function watchOpenings(random: Random, { punish }: Reflexes): Watch {
  let decidedOn = -1;
  let punishes = false;
  return (state, side) => {
    const other = state.fighters[otherSide(side)];
    const seen = isAttack(other.action) && other.since >= REACTION_TICKS;
    if (!seen || !isOpen(state, side)) return null;
    if (decidedOn !== other.actionId) punishes = random() < punish;
    decidedOn = other.actionId;
    return punishes ? { action: 'strike' } : null;
  };
}
