import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';

/**
 * Indices of the actions named as choices. Throws `unknown-action` for a name that is not among the
 * spec's actions.
 *
 * @param names the spec's choices unless given
 */
export function choiceIndices(
  { name: spec, action }: CharacterSpec,
  names: readonly string[] = action.choices ?? [],
): Set<number> {
  const { actions } = action;
  return new Set(
    names.map((name) => {
      const index = actions.indexOf(name);
      if (index >= 0) return index;
      throw new ForesightError(
        'unknown-action',
        `The choice "${name}" is not an action of "${spec}". Did you mean "${nearestName(name, actions)}"? Choose among ${actions.join(', ')}.`,
      );
    }),
  );
}
