import type { ConfigFile, TrainingConfigInput } from '../model/resolve-config.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { windowSteps } from '../record/csv-spec.ts';

/** Share of the training sessions that chooses the epoch and measures deviations of continuous targets. */
const HELD_OUT = 0.2;

/**
 * A config completed from a CSV spec: continuous targets, windows that span `windowSeconds`, and
 * sessions held out to measure the errors of the targets. A log without actions gets no experts, and
 * its actions do not count in the loss. All values together count as much as a single one would.
 */
export function csvConfig(config: ConfigFile, csv: CsvSpec | undefined): ConfigFile {
  if (!csv) return config;
  const { model, training } = config;
  const hasActions = csv.actionColumn !== undefined;
  return {
    model: {
      ...(csv.continuous.length && { continuous: csv.continuous, valueTarget: 'change' }),
      ...(!hasActions && { contexts: 0, timeBins: 0 }),
      ...model,
    },
    training: {
      ...(hasOwnWindows(training) ? {} : { windowLength: windowSteps(csv) }),
      ...(csv.continuous.length && { heldOutFraction: HELD_OUT }),
      ...training,
      lossWeights: {
        ...(!hasActions && { action: 0 }),
        // The losses of the values are summed: many of them would outweigh that of the action.
        ...(csv.continuous.length && { values: 1 / csv.continuous.length }),
        ...training?.lossWeights,
      },
    },
  };
}

const hasOwnWindows = (training: TrainingConfigInput | undefined): boolean =>
  training !== undefined &&
  ['windowLength', 'windowStride', 'warmUp'].some((key) => Object.hasOwn(training, key));
