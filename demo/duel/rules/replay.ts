import { createDuel, NO_INTENT } from './state.ts';
import type { DuelOptions, DuelState, Intent } from './state.ts';
import { stepDuel } from './step-duel.ts';

/**
 * A complete match: the rules contain no randomness, so that options and intents reproduce it to the
 * bit. Plain JSON, as long as the options are finite.
 */
export interface Replay {
  readonly options: Partial<DuelOptions>;
  /** Both fighters' controls, each held for a number of ticks. */
  readonly runs: readonly (readonly [packed: number, ticks: number])[];
}

const CONTROLS = Object.keys(NO_INTENT) as (keyof Intent)[];

/** An intent as one number: a bit per control, in the order of `NO_INTENT`. */
export const packIntent = (intent: Intent): number =>
  CONTROLS.reduce((bits, control, i) => bits | (Number(intent[control]) << i), 0);

/** The inverse of `packIntent`. */
export function unpackIntent(bits: number): Intent {
  const intent: Record<keyof Intent, boolean> = { ...NO_INTENT };
  CONTROLS.forEach((control, i) => (intent[control] = ((bits >> i) & 1) === 1));
  return intent;
}

/** Records a replay from the intents of every `stepDuel`. */
export class ReplayRecorder {
  readonly #options: Partial<DuelOptions>;
  readonly #runs: [number, number][] = [];

  constructor(options: Partial<DuelOptions> = {}) {
    this.#options = { ...options };
  }

  add([left, right]: readonly [Intent, Intent]): void {
    const packed = packIntent(left) | (packIntent(right) << CONTROLS.length);
    const last = this.#runs.at(-1);
    if (last?.[0] === packed) last[1]++;
    else this.#runs.push([packed, 1]);
  }

  /** A copy of the recording so far. */
  replay(): Replay {
    return { options: this.#options, runs: this.#runs.map(([packed, ticks]) => [packed, ticks]) };
  }
}

/** Plays a replay to its end; `onTick` receives the state after every tick. */
export function playReplay(
  { options, runs }: Replay,
  onTick?: (state: DuelState) => void,
): DuelState {
  const state = createDuel(options);
  for (const [packed, ticks] of runs) {
    const intents = [unpackIntent(packed), unpackIntent(packed >> CONTROLS.length)] as const;
    for (let tick = 0; tick < ticks; tick++) {
      stepDuel(state, intents);
      onTick?.(state);
    }
  }
  return state;
}
