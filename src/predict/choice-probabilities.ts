import type { CharacterSpec } from '../record/spec.ts';
import type { Prediction } from './prediction.ts';

/**
 * [actions] The action that the character would choose if not interrupted (e.g. hit) first: the
 * probabilities of the spec's choices, scaled to sum to 1; 0 for every other action. A player who strikes
 * after every block may be expected to be hit first when the other attacks, but will choose to strike.
 *
 * The prediction itself when the spec names no choices; all choices alike when none of them is possible.
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
