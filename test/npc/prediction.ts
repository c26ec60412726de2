import type { Prediction } from '../../src/predict/prediction.ts';
import { defineSpec } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { argmax, entropy } from '../../src/util/math.ts';

export const ACTIONS = ['strike', 'throw', 'block', 'hurt'] as const;

/** A plain spec: the tests pass names that it does not have. */
export const SPEC: CharacterSpec = defineSpec({
  name: 'fighter',
  observation: [],
  action: ACTIONS,
});

/** The same with one action more. */
export const OTHER_SPEC: CharacterSpec = defineSpec({
  name: 'flyer',
  observation: [],
  action: [...ACTIONS, 'fly'],
});

/** A prediction made at `tick` with these probabilities of strike, throw, block, hurt. */
export function predictionAt(tick: number, probabilities: readonly number[]): Prediction {
  const actionIndex = argmax(probabilities);
  return {
    tick,
    steps: 1,
    action: ACTIONS[actionIndex],
    actionIndex,
    probability: probabilities[actionIndex],
    probabilities: Float32Array.from(probabilities),
    entropy: entropy(probabilities),
    inTicks: NaN,
    timeProbabilities: new Float32Array(0),
    values: {},
    deviations: {},
  };
}
