import type { NormalPart } from '../util/normal.ts';
import type { Followed } from './track.ts';

/** The expected value of one observation field at the next step. All numbers are in the field's unit. */
export interface ExpectedValue {
  /** Name of the field, one of the model's continuous targets. */
  readonly name: string;
  /** Its last known value, which is also the baseline's prediction; NaN if there was none. */
  readonly last: number;
  /** The model's prediction; the same as `Prediction.values[name]`. */
  readonly expected: number;
  /** The usual error of `expected` (root mean square); NaN if it was not measured. */
  readonly deviation: number;
  /**
   * The predictive distribution as a mixture of normal distributions; a part whose deviation is 0 is the
   * probability that the last value comes exactly again. Empty where `last` and `deviation` are not known.
   */
  readonly distribution: readonly NormalPart[];
}

/** The expected value of every continuous target, in the order of `model.continuous`. */
export function expectedValues({ network, state, prediction }: Followed): ExpectedValue[] {
  return network.valueFields.map(({ column, field: { name } }, target) => {
    const expected = prediction.values[name];
    const deviation = prediction.deviations[name] ?? NaN;
    const parts = state.values?.distribution(target) ?? [];
    return {
      name,
      last: state.encoder.known[column],
      expected,
      deviation,
      distribution:
        parts.length || !(deviation > 0) ? parts : [{ weight: 1, mean: expected, deviation }],
    };
  });
}
