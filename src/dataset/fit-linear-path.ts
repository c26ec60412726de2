import type { Episode } from '../record/episode.ts';
import { RidgeRegression } from '../util/ridge.ts';
import type { LinearPath } from './linear-path.ts';
import { ValueHistory } from './value-history.ts';
import type { ValueColumn } from './value-history.ts';

/** Penalty on squared coefficients of normalised values. */
const PENALTY = 1;

/** Fits a linear path to the newest `lags` >= 1 values of each target by ridge regression. */
export function fitLinearPath(
  targets: readonly ValueColumn[],
  episodes: readonly Episode[],
  lags: number,
): LinearPath {
  const history = new ValueHistory(targets, lags);
  const width = history.inputs.length;
  const regression = new RidgeRegression(width - 1, targets.length);
  const changes = new Float64Array(targets.length);
  for (const episode of episodes) {
    const { columns, length } = episode;
    history.reset();
    for (let i = 0; i + 1 < length; i++) {
      history.pushStep(episode, i);
      targets.forEach(({ column, scale }, c) => {
        changes[c] = (columns[column][i + 1] - history.last[c]) / scale;
      });
      if (changes.every(Number.isFinite))
        regression.add(history.inputs.subarray(0, width - 1), changes);
    }
  }
  return {
    lags,
    coefficients: Float32Array.from(regression.solve(PENALTY)),
    root: Float32Array.from(regression.covarianceRoot(PENALTY)),
  };
}
