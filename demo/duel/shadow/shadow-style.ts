import { createRng } from '../../../src/core.ts';
import type { Prediction, Predictor } from '../../../src/core.ts';
import { ActionWatcher } from '../action-watcher.ts';
import { DuelShadow } from '../npc/duel-shadow.ts';
import { sees } from '../npc/shadow-memory.ts';
import type { ShadowSetup } from '../npc/shadow-training.ts';
import { DUEL_ACTIONS, NO_INTENT } from '../rules/index.ts';
import type { Style } from '../rules/styles/index.ts';

export interface ShadowStyleOptions {
  /** Of a model that was trained on the player's rounds alone. It predicts no one else. */
  readonly predictor: Predictor;
  readonly setup: ShadowSetup;
  readonly seed: number;
}

const SHADOW = 'shadow';

/** A player's shadow as a scripted player of one session, with predictions of its own. */
export function shadowStyle({ predictor, setup, seed }: ShadowStyleOptions): Style {
  const watcher = new ActionWatcher();
  const rng = createRng(seed);
  let shadow: DuelShadow | null = null;
  let prediction: Prediction | null = null;
  return (state, side) => {
    shadow ??= new DuelShadow({ ...setup, side, rng });
    if (state.phase !== 'fight') {
      prediction = null;
      predictor.reset(SHADOW);
      watcher.reset();
      shadow.reset();
      return NO_INTENT;
    }
    const name = watcher.watch(state.fighters[side]);
    if (name) {
      const action = DUEL_ACTIONS.indexOf(name);
      prediction = predictor.observe(SHADOW, {
        tick: state.tick,
        action,
        values: sees(state, side),
      });
    }
    return shadow.intent(state, prediction);
  };
}
