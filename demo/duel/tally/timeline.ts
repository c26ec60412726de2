import type { DuelAction, Side } from '../rules/index.ts';

/** An action of the player, and what the rival's model expected before it. */
export interface TimedAction {
  readonly tick: number;
  readonly action: DuelAction;
  /** Null when nothing was predicted. */
  readonly expected: string | null;
  /** Of what was expected, in [0, 1]; 0 without a prediction. */
  readonly probability: number;
  /** Whether the rival acted on that prediction. */
  readonly used: boolean;
}

export interface TimedHit {
  readonly tick: number;
  /** 0 = the player hit, 1 = the rival did. */
  readonly attacker: Side;
}

/** One round of a duel, tick by tick. Plain data. */
export interface RoundTimeline {
  readonly from: number;
  readonly to: number;
  readonly actions: readonly TimedAction[];
  readonly hits: readonly TimedHit[];
}

/** Whether an action was what the model expected. */
export const wasForeseen = ({ action, expected }: TimedAction): boolean => action === expected;

/** Notes a duel round by round. */
export class Timeline {
  readonly #rounds: { from: number; to: number; actions: TimedAction[]; hits: TimedHit[] }[] = [];

  get rounds(): readonly RoundTimeline[] {
    return this.#rounds;
  }

  begin(tick: number): void {
    this.#rounds.push({ from: tick, to: tick, actions: [], hits: [] });
  }

  act(action: TimedAction): void {
    this.#at(action.tick).actions.push(action);
  }

  hit(hit: TimedHit): void {
    this.#at(hit.tick).hits.push(hit);
  }

  end(tick: number): void {
    this.#at(tick);
  }

  #at(tick: number) {
    if (!this.#rounds.length) this.begin(tick);
    const round = this.#rounds[this.#rounds.length - 1];
    round.to = tick;
    return round;
  }
}
