import { likelySequence as findSequence } from '../../src/predict/likely-sequence.ts';
import type { ActionSequence, SequenceOptions } from '../../src/predict/likely-sequence.ts';
import { rollout as rollPrediction } from '../../src/predict/rollout.ts';
import type { PredictedStep, RolloutOptions } from '../../src/predict/rollout.ts';
import { simulate as simulateSteps } from '../../src/predict/simulate.ts';
import type { SimulatedStep } from '../../src/predict/simulate.ts';
import { stepFromMoment } from '../../src/record/moment.ts';
import type { MomentOf } from '../../src/record/moment.ts';
import type { ActionOf, CharacterSpec } from '../../src/record/spec.ts';
import type { TrackedCharacter } from './tracked-character.ts';

/**
 * A character's next steps, several ahead: `rollout(hero, { horizon: 3 })` has three, each with its
 * probabilities, ticks and expected values. Computed at every call, so call it once a decision, not in
 * every frame. Empty before the character's first step and while its model has no weights. Throws
 * `bad-config` for a horizon or number of samples below 1.
 */
export function rollout<S extends CharacterSpec>(
  character: TrackedCharacter<S>,
  options?: RolloutOptions,
): PredictedStep<ActionOf<S>>[] {
  const { followed } = character;
  return followed ? rollPrediction(followed.predictor, followed.name, options) : [];
}

/**
 * The most probable sequence of a character's next actions; null when its `prediction` is. Throws
 * `bad-config` as `rollout` does.
 */
export function likelySequence<S extends CharacterSpec>(
  character: TrackedCharacter<S>,
  options?: SequenceOptions,
): ActionSequence<ActionOf<S>> | null {
  const { followed } = character;
  return followed && findSequence(followed.predictor, followed.name, options);
}

/**
 * Continues from a character's last step with the game's own rules: `next` receives what is predicted of
 * the coming step, and returns what the character would do and what would be observed then; null ends the
 * path. Nothing is learned from it. Bad input is reported like that of `act`, and ends the path.
 */
export function simulate<S extends CharacterSpec>(
  character: TrackedCharacter<S>,
  next: (predicted: SimulatedStep) => MomentOf<S> | null,
): void {
  const { followed } = character;
  if (!followed) return;
  const { predictor, name } = followed;
  try {
    simulateSteps(predictor, name, (predicted) => {
      const moment = next(predicted);
      return moment && stepFromMoment(predictor.spec, moment);
    });
  } catch (error) {
    character.report(error);
  }
}
