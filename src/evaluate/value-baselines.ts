import { fitLinearPath } from '../dataset/fit-linear-path.ts';
import { expectLinearly } from '../dataset/linear-path.ts';
import { ValueHistory } from '../dataset/value-history.ts';
import type { ValueColumn } from '../dataset/value-history.ts';
import type { Episode } from '../record/episode.ts';
import type { ValuePredictor } from './value-predictor.ts';

/** Newest values of every target that the autoregression uses. */
const ORDER = 4;

/** Expects every target to stay at its last known value. */
export function persistence(targets: readonly ValueColumn[]): ValuePredictor {
  const history = new ValueHistory(targets, 1);
  return {
    name: 'persistence',
    reset: () => history.reset(),
    next(step, out) {
      history.push(step.values);
      out.set(history.last);
    },
  };
}

/**
 * A linear autoregression: the change of each target is a ridge regression on the newest 4 values of
 * all of them. Fitted on `training`.
 */
export function linearAutoregression(
  targets: readonly ValueColumn[],
  training: readonly Episode[],
): ValuePredictor {
  const { coefficients } = fitLinearPath(targets, training, ORDER);
  const history = new ValueHistory(targets, ORDER);
  return {
    name: 'linear',
    reset: () => history.reset(),
    next(step, out) {
      history.push(step.values);
      expectLinearly(coefficients, targets, history, out);
    },
  };
}
