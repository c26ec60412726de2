import { ATTACKS } from './actions.ts';
import type { DuelChoice } from './actions.ts';
import { canAct, committedTicks, isActive, isAirborne } from './fighter.ts';
import { intentFor } from './intent.ts';
import { createDuel, distanceOf, NO_INTENT, otherSide } from './state.ts';
import type { DuelState, Intent, Side } from './state.ts';
import { stepDuel } from './step-duel.ts';

/** payoff[reply][action]: health points won, less those lost. */
export type DuelPayoff = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What both sides can do at arm's length, and from afar. */
export const CLOSE_CHOICES = [
  'strike',
  'throw',
  'block',
  'jump',
  'retreat',
] as const satisfies readonly DuelChoice[];
export const FAR_CHOICES = [
  'fireball',
  'advance',
  'dash',
  'jump',
  'block',
  'idle',
] as const satisfies readonly DuelChoice[];

/** Distances the two tables are played out at, px. */
export const PAYOFF_DISTANCES = { close: 58, far: 250 } as const;

/** Ticks after which an exchange is over. */
const EXCHANGE_TICKS = 80;
/** Ticks for which walking and blocking are held on. */
const HOLD_TICKS = 26;

/** What anyone does after his chosen action: punish one who cannot act, guard against a strike. */
export function followUp(state: DuelState, side: Side): Intent {
  const self = state.fighters[side];
  const other = state.fighters[otherSide(side)];
  const distance = distanceOf(state);
  const open = committedTicks(other) > ATTACKS.strike.startup && other.action !== 'knockdown';
  const inReach = distance <= ATTACKS.strike.range - 4;
  if (isAirborne(self))
    return self.rise < 0 && distance < ATTACKS['air-strike'].range
      ? intentFor('air-strike', state, side)
      : NO_INTENT;
  if (canAct(self) && open && inReach && !isActive(other)) return intentFor('strike', state, side);
  return other.action === 'strike' || other.action === 'air-strike'
    ? intentFor('block', state, side)
    : NO_INTENT;
}

/**
 * Plays `reply` (side 0) against `action` (side 1), both begun at the same tick at `distance` px,
 * each side then following up as best it can. Returns health won less health lost.
 */
export function exchange(reply: DuelChoice, action: DuelChoice, distance: number): number {
  const state = createDuel({ introTicks: 1, roundTicks: 10_000 });
  stepDuel(state, [NO_INTENT, NO_INTENT]);
  const [a, b] = state.fighters;
  a.x = 400 - distance / 2;
  b.x = 400 + distance / 2;
  const chosen = [reply, action] as const;
  const started = [false, false];
  const intent = (side: Side): Intent => {
    const fighter = state.fighters[side];
    const choice = chosen[side];
    if (!started[side]) {
      started[side] = fighter.actionId > 0 && fighter.action === choice;
      if (!started[side]) return intentFor(choice, state, side);
    }
    const held = choice === 'block' || choice === 'advance' || choice === 'retreat';
    if (held && fighter.action === choice && fighter.since < HOLD_TICKS)
      return intentFor(choice, state, side);
    return followUp(state, side);
  };
  for (let tick = 0; tick < EXCHANGE_TICKS; tick++) {
    if (choiceIsIdle(chosen[0])) started[0] = true;
    if (choiceIsIdle(chosen[1])) started[1] = true;
    stepDuel(state, [intent(0), intent(1)]);
  }
  return 100 - b.health - (100 - a.health);
}

const choiceIsIdle = (choice: DuelChoice): boolean => choice === 'idle';

function buildPayoff(choices: readonly DuelChoice[], distance: number): DuelPayoff {
  return Object.fromEntries(
    choices.map((reply) => [
      reply,
      Object.fromEntries(choices.map((action) => [action, exchange(reply, action, distance)])),
    ]),
  );
}

let tables: { readonly close: DuelPayoff; readonly far: DuelPayoff } | null = null;

/** The payoff tables that follow from the frame data, worked out once by playing every pair. */
export function duelPayoff(): { readonly close: DuelPayoff; readonly far: DuelPayoff } {
  tables ??= {
    close: buildPayoff(CLOSE_CHOICES, PAYOFF_DISTANCES.close),
    far: buildPayoff(FAR_CHOICES, PAYOFF_DISTANCES.far),
  };
  return tables;
}
