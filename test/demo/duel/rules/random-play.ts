import fc from 'fast-check';
import {
  createDuel,
  NO_INTENT,
  stepDuel,
  unpackIntent,
} from '../../../../demo/duel/rules/index.ts';
import type {
  DuelEvent,
  DuelOptions,
  DuelState,
  Intent,
} from '../../../../demo/duel/rules/index.ts';

/** Both fighters' controls, held for some ticks. */
export interface Held {
  readonly intents: readonly [Intent, Intent];
  readonly ticks: number;
}

const intent = fc.integer({ min: 0, max: 255 }).map(unpackIntent);

/** Any controls at all, held for up to half a second each: about `length` x 8 ticks. */
export const anyControls = (length: number): fc.Arbitrary<readonly Held[]> =>
  fc.array(
    fc.record({
      intents: fc.tuple(intent, intent),
      ticks: fc.integer({ min: 1, max: 16 }),
    }),
    { minLength: length, maxLength: length },
  );

/** A duel that is in its first fight, with the fighters `distance` px apart in the middle. */
export function atDistance(distance: number, options: Partial<DuelOptions> = {}): DuelState {
  const state = createDuel({ introTicks: 1, outroTicks: 1, ...options });
  stepDuel(state, [NO_INTENT, NO_INTENT]);
  state.fighters[0].x = 400 - distance / 2;
  state.fighters[1].x = 400 + distance / 2;
  return state;
}

/** Plays the controls, and calls `onTick` after every tick. */
export function play(
  state: DuelState,
  controls: readonly Held[],
  onTick?: (state: DuelState, events: readonly DuelEvent[]) => void,
): DuelState {
  for (const { intents, ticks } of controls)
    for (let tick = 0; tick < ticks; tick++) {
      const events = stepDuel(state, intents);
      onTick?.(state, events);
    }
  return state;
}

/** `NO_INTENT` with some controls pressed. */
export const press = (...controls: (keyof Intent)[]): Intent => ({
  ...NO_INTENT,
  ...Object.fromEntries(controls.map((control) => [control, true])),
});
