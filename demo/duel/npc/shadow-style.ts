import { createRng, Predictor } from '../../../src/core.ts';
import type { Checkpoint, Episode, Prediction } from '../../../src/core.ts';
import { ActionWatcher } from '../action-watcher.ts';
import { DUEL_ACTIONS, NO_INTENT } from '../rules/index.ts';
import type { Style } from '../rules/styles/index.ts';
import { DuelShadow } from './duel-shadow.ts';
import { sees } from './shadow-memory.ts';
import { shadowSetup } from './shadow-training.ts';
import type { ShadowSetup } from './shadow-training.ts';

/** A player's shadow, ready to fight. Fighters of one player may share it. */
export interface Shadow {
  readonly predictor: Predictor;
  readonly setup: ShadowSetup;
}

/**
 * Makes a shadow from its model and the rounds of its player. It predicts with the network alone: simple models
 * would learn from the shadow's own play.
 */
export const openShadow = async (
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): Promise<Shadow> => ({
  predictor: await Predictor.create(checkpoint, { blend: false }),
  setup: shadowSetup(checkpoint, episodes),
});

/** A player's shadow as a fighter of one duel, with predictions of its own. */
export function shadowStyle({ predictor, setup }: Shadow, seed: number): Style {
  const watcher = new ActionWatcher();
  const rng = createRng(seed);
  let shadow: DuelShadow | null = null;
  let prediction: Prediction | null = null;
  return (state, side) => {
    const name = `shadow ${side}`;
    shadow ??= new DuelShadow({ ...setup, side, rng });
    if (state.phase !== 'fight') {
      prediction = null;
      predictor.reset(name);
      watcher.reset();
      shadow.reset();
      return NO_INTENT;
    }
    const begun = watcher.watch(state.fighters[side]);
    if (begun) {
      const action = DUEL_ACTIONS.indexOf(begun);
      const step = { tick: state.tick, action, values: sees(state, side) };
      prediction = predictor.observe(name, step);
    }
    return shadow.intent(state, prediction);
  };
}
