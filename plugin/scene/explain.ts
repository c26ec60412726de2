import { explain as explainPrediction } from '../../src/predict/explain.ts';
import type { ExplainOptions, Explanation } from '../../src/predict/explanation.ts';
import type { ActionOf, CharacterSpec } from '../../src/record/spec.ts';
import type { TrackedCharacter } from './tracked-character.ts';

/**
 * Why a character will probably do what its `prediction` expects; null as long as that is null. Takes a
 * millisecond or two, so call it only when the explanation is shown; with `{ steps: 0 }` it has only the
 * exact parts and costs little. An action that the spec does not have is reported like other bad input, and
 * gives null.
 */
export function explain<S extends CharacterSpec>(
  character: TrackedCharacter<S>,
  options?: ExplainOptions<ActionOf<S>>,
): Explanation<ActionOf<S>> | null {
  const { followed } = character;
  if (!followed) return null;
  try {
    return explainPrediction(followed.predictor, followed.name, options);
  } catch (error) {
    character.report(error);
    return null;
  }
}
