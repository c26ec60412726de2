import { createRng } from '../../../plugin/index.ts';
import type { Prediction } from '../../../plugin/index.ts';
import { ActionWatcher } from '../action-watcher.ts';
import { DuelNpc } from '../npc/duel-npc.ts';
import { createDuel, stepDuel } from '../rules/index.ts';
import type { DuelAction, DuelEvent, DuelState, Intent } from '../rules/index.ts';

const TICK_MS = 1000 / 60;
/** After a long pause (a hidden tab) the duel goes on from where it was instead of racing to catch up. */
const MOST_TICKS = 6;

export interface DuelLoopHooks {
  /** The player's controls at this tick. */
  readonly read: () => Intent;
  /** The newest prediction the NPC may use, or null. */
  readonly prediction: () => Prediction | null;
  /** The player began this action. */
  readonly act: (action: DuelAction) => void;
  readonly event: (event: DuelEvent) => void;
}

/** Runs the rules at 60 ticks per second of play, whatever the screen does. */
export class DuelLoop {
  readonly state: DuelState = createDuel();
  readonly npc: DuelNpc;
  readonly #hooks: DuelLoopHooks;
  readonly #watcher = new ActionWatcher();
  #left = 0;

  constructor(seed: number, hooks: DuelLoopHooks) {
    this.#hooks = hooks;
    this.npc = new DuelNpc({ side: 1, rng: createRng(seed) });
  }

  /** Plays on for `ms` milliseconds. */
  advance(ms: number): void {
    this.#left = Math.min(this.#left + ms, MOST_TICKS * TICK_MS);
    // Screens at 60 Hz give 16.6 or 16.7 ms: half a millisecond of slack keeps one tick per picture.
    while (this.#left >= TICK_MS - 0.5) {
      this.#left -= TICK_MS;
      this.#tick();
    }
  }

  #tick(): void {
    const { state, npc } = this;
    const { read, prediction, act, event } = this.#hooks;
    const events = stepDuel(state, [read(), npc.intent(state, prediction())]);
    const action = state.phase === 'fight' ? this.#watcher.watch(state.fighters[0]) : null;
    if (action) act(action);
    for (const one of events) {
      if (one.kind === 'round-end') {
        this.#watcher.reset();
        npc.reset();
      }
      event(one);
    }
  }
}
