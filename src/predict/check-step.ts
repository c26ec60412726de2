import type { Checkpoint } from '../model/checkpoint.ts';
import { columnCount } from '../record/columns.ts';
import type { Step } from '../record/episode.ts';
import { ForesightError } from '../util/error.ts';

/** Throws `unknown-action` or `bad-observation` for a character's step of another spec than the model's. */
export function checkStep(
  { spec, statistics }: Pick<Checkpoint, 'spec' | 'statistics'>,
  character: string,
  { action, values }: Step,
): void {
  const actions = spec.action.actions.length;
  if (!(Number.isInteger(action) && action >= 0 && action < actions))
    throw new ForesightError(
      'unknown-action',
      `"${character}" did action ${action}, but "${spec.name}" has actions 0 to ${actions - 1}. Give an index into the actions of the model's spec.`,
    );
  if (values.length !== statistics.fields.length)
    throw new ForesightError(
      'bad-observation',
      `The step of "${character}" has ${values.length} values, but "${spec.name}" has ${columnCount(spec)}. Give one value for each, NaN where it is not known.`,
    );
}
