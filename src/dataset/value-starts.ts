import type { Episode } from '../record/episode.ts';
import { expectLinearly } from './linear-path.ts';
import type { LinearPath } from './linear-path.ts';
import { ValueHistory } from './value-history.ts';
import type { ValueColumn } from './value-history.ts';

/**
 * Where the changes of continuous targets start, [steps, targets]: what `linear` expects after each step or,
 * without it, the last known value. NaN where none was known.
 */
export function valueStarts(
  targets: readonly ValueColumn[],
  episode: Episode,
  linear?: LinearPath,
): Float64Array {
  const { length } = episode;
  const { length: count } = targets;
  const starts = new Float64Array(length * count);
  if (!count) return starts;
  const history = new ValueHistory(targets, linear?.lags ?? 1);
  for (let step = 0; step < length; step++) {
    history.pushStep(episode, step);
    const row = starts.subarray(step * count, (step + 1) * count);
    if (linear) expectLinearly(linear.coefficients, targets, history, row);
    else row.set(history.last);
  }
  return starts;
}
