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
}

/** The expected value of every continuous target, in the order of `model.continuous`. */
export function expectedValues({ network, state, prediction }: Followed): ExpectedValue[] {
  return network.valueFields.map(({ index, field: { name } }) => ({
    name,
    last: state.encoder.known[index],
    expected: prediction.values[name],
    deviation: prediction.deviations[name] ?? NaN,
  }));
}
