import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import type { CharacterSpec } from './spec.ts';

/** Index of an action in the spec. Throws `unknown-action`, listing the known ones. */
export function actionIndex(spec: CharacterSpec, action: string): number {
  const { actions } = spec.action;
  const index = actions.indexOf(action);
  if (index >= 0) return index;
  if (typeof action !== 'string')
    throw new ForesightError(
      'unknown-action',
      `The action is ${String(action)}. Give the name of one of the actions of "${spec.name}": ${actions.join(', ')}.`,
    );
  throw new ForesightError(
    'unknown-action',
    `"${spec.name}" has no action "${action}". Did you mean "${nearestName(action, actions)}"? Its actions are ${actions.join(', ')}.`,
  );
}
