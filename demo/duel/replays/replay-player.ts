import { createDuel, stepDuel, unpackIntent } from '../rules/index.ts';
import type { DuelEvent, DuelState, Intent, Replay } from '../rules/index.ts';

/** Bits of the left fighter's controls. */
const SIDE_BITS = 8;

/** Plays a replay tick by tick, and seeks to any tick. Exact to the bit. */
export class ReplayPlayer {
  readonly #replay: Replay;
  /** Length, ticks. */
  readonly length: number;
  #state: DuelState;
  #run = 0;
  #inRun = 0;

  constructor(replay: Replay) {
    this.#replay = replay;
    this.length = replay.runs.reduce((sum, [, ticks]) => sum + ticks, 0);
    this.#state = createDuel(replay.options);
  }

  /** The duel at this tick. `seek` to an earlier tick replaces the object. */
  get state(): DuelState {
    return this.#state;
  }

  get ended(): boolean {
    return this.#run >= this.#replay.runs.length;
  }

  /** Plays one tick; nothing happens after the last. */
  step(): DuelEvent[] {
    if (this.ended) return [];
    const [packed, ticks] = this.#replay.runs[this.#run];
    const intents: readonly [Intent, Intent] = [
      unpackIntent(packed),
      unpackIntent(packed >> SIDE_BITS),
    ];
    if (++this.#inRun === ticks) {
      this.#run++;
      this.#inRun = 0;
    }
    return stepDuel(this.#state, intents);
  }

  /** Goes to a tick by playing up to it, which takes some milliseconds. */
  seek(tick: number): void {
    const target = Math.max(0, Math.min(this.length, Math.round(tick)));
    if (target < this.#state.tick) {
      this.#state = createDuel(this.#replay.options);
      this.#run = this.#inRun = 0;
    }
    while (this.#state.tick < target) this.step();
  }
}
