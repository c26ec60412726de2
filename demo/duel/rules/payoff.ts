import { DUEL_CHOICES } from './actions.ts';
import type { DuelChoice } from './actions.ts';
import { followUp } from './follow-up.ts';
import { intentFor } from './intent.ts';
import { createDuel, NO_INTENT } from './state.ts';
import type { Intent, Side } from './state.ts';
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

/** Distances of the two tables, px. */
export const PAYOFF_DISTANCES = { close: 58, far: 160 } as const;

/** Ticks after which an exchange is over. */
const EXCHANGE_TICKS = 90;
/** Ticks of walking and blocking: a step back is just out of a throw's reach. */
const HOLD_TICKS: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 26,
  advance: 26,
  retreat: 12,
};

/**
 * Plays `reply` (side 0) against `action` (side 1) at `distance` px, each side then following up as
 * people can. Returns health won less health lost.
 *
 * @param lag ticks by which the action begins after the reply; below 0 it begins before it
 */
export function exchange(reply: DuelChoice, action: DuelChoice, distance: number, lag = 0): number {
  const state = createDuel({ introTicks: 1, roundTicks: 10_000 });
  stepDuel(state, [NO_INTENT, NO_INTENT]);
  const [a, b] = state.fighters;
  a.x = 400 - distance / 2;
  b.x = 400 + distance / 2;
  const chosen = [reply, action] as const;
  const started = chosen.map((choice) => choice === 'idle');
  const wait = [Math.max(0, -lag), Math.max(0, lag)] as const;
  const intent = (side: Side, tick: number): Intent => {
    if (tick < wait[side]) return NO_INTENT;
    const fighter = state.fighters[side];
    const choice = chosen[side];
    if (!started[side]) {
      started[side] = fighter.actionId > 0 && fighter.action === choice;
      if (!started[side]) return intentFor(choice, state, side);
    }
    const hold = HOLD_TICKS[choice] ?? 0;
    if (fighter.action === choice && fighter.since < hold) return intentFor(choice, state, side);
    return followUp(state, side);
  };
  for (let tick = 0; tick < EXCHANGE_TICKS; tick++)
    stepDuel(state, [intent(0, tick), intent(1, tick)]);
  return a.health - b.health;
}

function buildPayoff(choices: readonly DuelChoice[], distance: number): DuelPayoff {
  return Object.fromEntries(
    choices.map((reply) => [
      reply,
      Object.fromEntries(choices.map((action) => [action, exchange(reply, action, distance)])),
    ]),
  );
}

/** What a fighter on the ground can choose. */
export const GROUND_CHOICES: readonly DuelChoice[] = DUEL_CHOICES.filter(
  (choice) => choice !== 'air-strike',
);

/** The payoff of every reply to every choice, played at `distance` px with the given lag. */
export function timedPayoff(distance: number, lag: number): DuelPayoff {
  return Object.fromEntries(
    GROUND_CHOICES.map((reply) => [
      reply,
      Object.fromEntries(
        GROUND_CHOICES.map((action) => [action, exchange(reply, action, distance, lag)]),
      ),
    ]),
  );
}

let tables: { readonly close: DuelPayoff; readonly far: DuelPayoff } | null = null;

/** The payoff tables that follow from the frame data, computed once by playing every pair. */
export function duelPayoff(): { readonly close: DuelPayoff; readonly far: DuelPayoff } {
  tables ??= {
    close: buildPayoff(CLOSE_CHOICES, PAYOFF_DISTANCES.close),
    far: buildPayoff(FAR_CHOICES, PAYOFF_DISTANCES.far),
  };
  return tables;
}
