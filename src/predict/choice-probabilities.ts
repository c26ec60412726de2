import type { CharacterSpec } from '../record/spec.ts';
import type { Prediction } from './prediction.ts';

/**
 * [actions] What the character will choose should nothing happen to him before he can: the probabilities
 * of the spec's choices, made to sum to 1; 0 for everything else. A player who strikes after every block
 * is expected to be hit first where the other attacks, and is known to want to strike all the same.
 *
 * As predicted when the spec names no choices; all choices alike when none of them is possible.
 */
export function choiceProbabilities(
  { action }: CharacterSpec,
  { probabilities }: Pick<Prediction, 'probabilities'>,
): Float32Array {
  const { actions, choices = actions } = action;
  const indices = choices.map((name) => actions.indexOf(name));
  const sum = indices.reduce((all, index) => all + probabilities[index], 0);
  const conditional = new Float32Array(actions.length);
  for (const index of indices)
    conditional[index] = sum > 0 ? probabilities[index] / sum : 1 / indices.length;
  return conditional;
}
