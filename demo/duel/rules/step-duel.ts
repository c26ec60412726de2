import { MOTION, STAGE } from './actions.ts';
import { advanceFighter, begin, bufferPress, choose, isAirborne } from './fighter.ts';
import { land, meetBodies } from './contact.ts';
import { hasFireball, launchFireballs, moveFireballs } from './fireballs.ts';
import { createFighter, NO_INTENT, otherSide } from './state.ts';
import type { DuelEvent, DuelState, Intent, Side } from './state.ts';

const SIDES = [0, 1] as const;

/**
 * Advances the duel by one tick (1/60 s), changing `state` in place. Returns what happened.
 * Deterministic: the same state and intents give the same state, to the bit.
 */
export function stepDuel(state: DuelState, intents: readonly [Intent, Intent]): DuelEvent[] {
  const events: DuelEvent[] = [];
  state.tick++;
  if (state.phase === 'over') return events;
  for (const side of SIDES) bufferPress(state.fighters[side], intents[side]);
  if (state.phase === 'fight') fight(state, intents, events);
  else if (state.phase === 'outro') settle(state);
  if (--state.phaseTicks > 0) return events;
  if (state.phase === 'intro') startFight(state, events);
  else if (state.phase === 'fight') endRound(state, true, events);
  else nextRound(state, events);
  return events;
}

function fight(state: DuelState, intents: readonly [Intent, Intent], events: DuelEvent[]): void {
  if (state.hitStop > 0) {
    state.hitStop--;
    return;
  }
  face(state);
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    const before = fighter.action;
    choose(fighter, intents[side], !hasFireball(state, side));
    if (fighter.action === 'jump' && before !== 'jump') events.push({ kind: 'jump', side });
    if (advanceFighter(fighter)) events.push({ kind: 'whiff', side });
  }
  separate(state);
  launchFireballs(state, events);
  land(state, [...moveFireballs(state), ...meetBodies(state, events)], events);
  if (state.fighters.some((fighter) => fighter.health <= 0)) endRound(state, false, events);
}

/** After the round no fighter acts, but bodies still fall and land. */
function settle(state: DuelState): void {
  for (const fighter of state.fighters) {
    if (isAirborne(fighter) || fighter.push || fighter.stun > 1) advanceFighter(fighter);
    if (fighter.health <= 0 && fighter.action !== 'knockdown') begin(fighter, 'knockdown');
    if (fighter.health <= 0) fighter.stun = 99;
  }
  state.fireballs = [];
}

/** Fighters turn to each other whenever their feet are free. */
function face(state: DuelState): void {
  for (const side of SIDES) {
    const fighter = state.fighters[side];
    const turns = ['idle', 'advance', 'retreat', 'block', 'getup'].includes(fighter.action);
    const gap = state.fighters[otherSide(side)].x - fighter.x;
    if (turns && !isAirborne(fighter) && gap !== 0) fighter.facing = gap > 0 ? 1 : -1;
  }
}

/** Keeps bodies on the ground apart; both move evenly unless a wall is behind one of them. */
function separate(state: DuelState): void {
  const [a, b] = state.fighters;
  if (isAirborne(a) || isAirborne(b)) return;
  const overlap = MOTION.bodyWidth - Math.abs(a.x - b.x);
  if (overlap <= 0) return;
  // At the same position, the fighter facing right counts as left; if both face one way, side 0 does.
  const aLeft = a.x === b.x ? a.facing === 1 || a.facing === b.facing : a.x < b.x;
  const [left, right] = aLeft ? [a, b] : [b, a];
  // Whole eighths of a px, like all positions.
  const half = Math.ceil(overlap * 4) / 8;
  left.x = Math.max(MOTION.wall, left.x - half);
  right.x = Math.min(
    STAGE.width - MOTION.wall,
    Math.max(right.x + half, left.x + MOTION.bodyWidth),
  );
  left.x = Math.min(left.x, right.x - MOTION.bodyWidth);
}

function startFight(state: DuelState, events: DuelEvent[]): void {
  state.phase = 'fight';
  state.phaseTicks = state.options.roundTicks;
  events.push({ kind: 'round-start', round: state.round });
}

function endRound(state: DuelState, byTime: boolean, events: DuelEvent[]): void {
  const [a, b] = state.fighters.map((fighter) => fighter.health);
  const winner: Side | null = a === b ? null : a > b ? 0 : 1;
  if (winner !== null) state.wins[winner]++;
  state.phase = 'outro';
  state.phaseTicks = state.options.outroTicks;
  state.hitStop = 0;
  events.push({ kind: 'round-end', winner, byTime });
}

function nextRound(state: DuelState, events: DuelEvent[]): void {
  const champion = state.wins.findIndex((wins) => wins >= state.options.roundsToWin);
  if (champion >= 0) {
    state.phase = 'over';
    events.push({ kind: 'duel-end', winner: champion === 0 ? 0 : 1 });
    return;
  }
  state.round++;
  state.phase = 'intro';
  state.phaseTicks = state.options.introTicks;
  state.fireballs = [];
  for (const side of SIDES) {
    const { actionId } = state.fighters[side];
    state.fighters[side] = { ...createFighter(side), actionId: actionId + 1, held: NO_INTENT };
  }
}
