import type { Prediction } from '../../src/predict/prediction.ts';
import { argmax, entropy } from '../../src/util/math.ts';

export const ACTIONS = ['strike', 'throw', 'block', 'hurt'] as const;

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
