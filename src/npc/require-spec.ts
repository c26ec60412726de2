import type { CharacterSpec, WithSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';

/**
 * The spec of the character that a controller is made for.
 *
 * @param option name of the option that gave it
 * @throws ForesightError `bad-config` when it was not given, `not-ready` when its model is not there yet
 */
export function requireSpec<S extends CharacterSpec>(option: string, character: WithSpec<S>): S {
  const spec = (character as Partial<WithSpec<S>> | undefined)?.spec;
  if (spec) return spec;
  if (spec === null)
    throw new ForesightError(
      'not-ready',
      `The model of the character in "${option}" is not there yet, so its actions are unknown. Load or define the model before the controller is made, or give { spec: SPEC } as "${option}".`,
    );
  throw new ForesightError(
    'bad-config',
    `A controller needs the option "${option}". Give the tracked character, its model, or { spec: SPEC }.`,
  );
}
