import type { ValueColumn, ValueHistory } from './value-history.ts';

/** A linear prediction of continuous targets from the newest values of all of them, as it was fitted. */
export interface LinearPath {
  /** Newest values of each target that it uses. */
  readonly lags: number;
  /** [C, D] of the change until the next step, D = C * lags + 1 (`ValueHistory.inputs`); all normalised by `scale`. */
  readonly coefficients: Float32Array;
  /** [D (D + 1) / 2] upper triangle, row by row, of a square root of the coefficients' covariance. */
  readonly root: Float32Array;
}

/** Most inputs of a linear path besides the constant: a step takes about three times their square. */
export const MOST_INPUTS = 96;
const MOST_LAGS = 4;

/** Lags that a linear path of so many targets uses; 0 where there are too many for one. */
export const lagsFor = (targets: number): number =>
  targets ? Math.min(MOST_LAGS, Math.floor(MOST_INPUTS / targets)) : 0;

/** Writes the values that `coefficients` expect at the next step, [targets] in their units; NaN where none was known. */
export function expectLinearly(
  coefficients: ArrayLike<number>,
  targets: readonly ValueColumn[],
  { inputs, last }: Pick<ValueHistory, 'inputs' | 'last'>,
  out: Float64Array,
): void {
  const width = inputs.length;
  for (let c = 0; c < targets.length; c++) {
    let change = 0;
    for (let i = 0; i < width; i++) change += coefficients[c * width + i] * inputs[i];
    out[c] = last[c] + change * targets[c].scale;
  }
}
