import { STAGE } from './actions.ts';
import type { DuelAction, DuelChoice } from './actions.ts';

/** The controls at a tick, relative to the world (left is left for both fighters). */
export interface Intent {
  readonly left: boolean;
  readonly right: boolean;
  readonly jump: boolean;
  readonly strike: boolean;
  readonly throw: boolean;
  readonly block: boolean;
  readonly fireball: boolean;
  readonly dash: boolean;
}

export const NO_INTENT: Intent = {
  left: false,
  right: false,
  jump: false,
  strike: false,
  throw: false,
  block: false,
  fireball: false,
  dash: false,
};

/** 0 = the fighter who starts on the left, 1 = the other. */
export type Side = 0 | 1;

/** Outcome of a fighter's last exchange, from that fighter's side. */
export const OUTCOMES = [
  'none',
  'hit',
  'blocked',
  'threw',
  'whiffed',
  'was-hit',
  'was-thrown',
  'blocked-attack',
  'traded',
  'throw-break',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface Fighter {
  /** Centre, px from the left wall of the stage; height of the feet above the floor, px. */
  x: number;
  height: number;
  /** Speeds, px per tick; `push` fades. */
  speed: number;
  rise: number;
  push: number;
  /** 1 = looks right, -1 = looks left. */
  facing: 1 | -1;
  /** 0 to 100. */
  health: number;
  action: DuelAction;
  /** Counts the actions begun, repeats too: a recorder writes a step when it changes. */
  actionId: number;
  /** Ticks since the action began; and ticks of stun that are left. */
  since: number;
  stun: number;
  /** This attack has already reached something. */
  spent: boolean;
  outcome: Outcome;
  /** Controls at the last tick, to distinguish a press from holding. */
  held: Intent;
  /** A press that came too early, and the ticks for which it still counts. */
  buffered: DuelChoice | null;
  bufferTicks: number;
}

export interface Fireball {
  x: number;
  direction: 1 | -1;
  owner: Side;
  /** The target has dashed through it: it can no longer land. */
  slipped: boolean;
}

export interface DuelOptions {
  /** Rounds a fighter must win; a draw counts for neither. Infinity = without end (not JSON then). */
  readonly roundsToWin: number;
  /** Ticks of a round, and of the pauses before and after it. */
  readonly roundTicks: number;
  readonly introTicks: number;
  readonly outroTicks: number;
}

export const DUEL_DEFAULTS: DuelOptions = {
  roundsToWin: 3,
  roundTicks: 60 * 60,
  introTicks: 70,
  outroTicks: 120,
};

/** A whole duel at a tick. Plain JSON; owned by the caller. */
export interface DuelState {
  readonly options: DuelOptions;
  /** Ticks since the duel began. */
  tick: number;
  phase: 'intro' | 'fight' | 'outro' | 'over';
  /** Ticks left of the phase. */
  phaseTicks: number;
  /** From 1. */
  round: number;
  wins: [number, number];
  fighters: [Fighter, Fighter];
  fireballs: Fireball[];
  /** Ticks for which both stand still after a hit. */
  hitStop: number;
}

export type DuelEvent =
  | { readonly kind: 'round-start'; readonly round: number }
  | { readonly kind: 'round-end'; readonly winner: Side | null; readonly byTime: boolean }
  | { readonly kind: 'duel-end'; readonly winner: Side }
  | {
      readonly kind: 'hit' | 'blocked' | 'thrown' | 'throw-break';
      readonly attacker: Side;
      readonly x: number;
      readonly height: number;
    }
  | { readonly kind: 'fireball' | 'jump' | 'whiff'; readonly side: Side };

export function createFighter(side: Side): Fighter {
  return {
    x: STAGE.width / 2 + (side === 0 ? -1 : 1) * (STAGE.startGap / 2),
    height: 0,
    speed: 0,
    rise: 0,
    push: 0,
    facing: side === 0 ? 1 : -1,
    health: 100,
    action: 'idle',
    actionId: 0,
    since: 0,
    stun: 0,
    spent: false,
    outcome: 'none',
    held: NO_INTENT,
    buffered: null,
    bufferTicks: 0,
  };
}

/** A duel before its first tick. The rules contain no randomness: equal intents give equal duels. */
export function createDuel(options: Partial<DuelOptions> = {}): DuelState {
  const all = { ...DUEL_DEFAULTS, ...options };
  return {
    options: all,
    tick: 0,
    phase: 'intro',
    phaseTicks: all.introTicks,
    round: 1,
    wins: [0, 0],
    fighters: [createFighter(0), createFighter(1)],
    fireballs: [],
    hitStop: 0,
  };
}

/** True when nothing can hit the fighter, who lies on the ground or gets up. */
export const isDown = ({ action }: Fighter): boolean =>
  action === 'knockdown' || action === 'getup';

export const otherSide = (side: Side): Side => (side === 0 ? 1 : 0);

/** Distance between the fighters' centres, px. */
export const distanceOf = (state: DuelState): number =>
  Math.abs(state.fighters[0].x - state.fighters[1].x);

/** A copy that shares nothing with the original. */
export const cloneDuel = (state: DuelState): DuelState => structuredClone(state);

/** A short fingerprint of everything in a state, for comparing two runs. */
export function hashState(state: DuelState): string {
  let hash = 0x811c9dc5;
  const text = JSON.stringify(state);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
