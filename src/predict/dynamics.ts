import type { StepNetwork } from './step-network.ts';
import type { PathOrigin } from './supposed-path.ts';

/** What one observation field is expected to be at the next step. In the field's unit throughout. */
export interface ExpectedValue {
  /** Name of the field, one of the model's continuous targets. */
  readonly name: string;
  /** Its last known value; NaN where there was none. What persistence expects. */
  readonly last: number;
  /** What the model expects; the same as `Prediction.values[name]`. */
  readonly expected: number;
  /** By how much that is usually off (root mean square); NaN where it was not measured. */
  readonly deviation: number;
}

/** What is expected of every continuous target, in the order of `model.continuous`. */
export function expectedValues(
  network: StepNetwork,
  { state, prediction }: PathOrigin,
): ExpectedValue[] {
  return network.valueFields.map(({ index, field: { name } }) => ({
    name,
    last: state.encoder.known[index],
    expected: prediction.values[name],
    deviation: prediction.deviations[name] ?? NaN,
  }));
}
