import { ActionWatcher } from '../action-watcher.ts';
import { createDuel, ReplayRecorder, stepDuel } from '../rules/index.ts';
import type {
  DuelAction,
  DuelEvent,
  DuelOptions,
  DuelState,
  Intent,
  Replay,
  Side,
} from '../rules/index.ts';

const TICK_MS = 1000 / 60;
/** Most ticks in one frame: after a long pause (a hidden tab) the duel continues without catching up. */
const MOST_TICKS = 6;

export interface DuelLoopHooks {
  /** The player's controls at this tick. */
  readonly read: () => Intent;
  /** The rival's controls at this tick. */
  readonly rival: (state: DuelState) => Intent;
  /** Called when a side begins an action. */
  readonly act: (action: DuelAction, side: Side) => void;
  readonly event: (event: DuelEvent) => void;
}

/** Runs the rules at 60 ticks per second, whatever the frame rate, and records the replay. */
export class DuelLoop {
  readonly state: DuelState;
  readonly #hooks: DuelLoopHooks;
  readonly #watchers = [new ActionWatcher(), new ActionWatcher()] as const;
  readonly #recorder: ReplayRecorder;
  #left = 0;

  constructor(options: Partial<DuelOptions>, hooks: DuelLoopHooks) {
    this.state = createDuel(options);
    this.#recorder = new ReplayRecorder(options);
    this.#hooks = hooks;
  }

  /** The replay so far. */
  replay(): Replay {
    return this.#recorder.replay();
  }

  /** Advances by `ms` milliseconds. */
  advance(ms: number): void {
    this.#left = Math.min(this.#left + ms, MOST_TICKS * TICK_MS);
    // Screens at 60 Hz give 16.6 or 16.7 ms: half a millisecond of slack keeps one tick per frame.
    while (this.#left >= TICK_MS - 0.5) {
      this.#left -= TICK_MS;
      this.#tick();
    }
  }

  #tick(): void {
    const { state } = this;
    const { read, rival, act, event } = this.#hooks;
    // Controls after the end are not part of the duel.
    if (state.phase === 'over') return;
    const intents = [read(), rival(state)] as const;
    this.#recorder.add(intents);
    const events = stepDuel(state, intents);
    if (state.phase === 'fight')
      for (const side of [0, 1] as const) {
        const action = this.#watchers[side].watch(state.fighters[side]);
        if (action) act(action, side);
      }
    for (const one of events) {
      if (one.kind === 'round-end') for (const watcher of this.#watchers) watcher.reset();
      event(one);
    }
  }
}
