import type { ConfigFile, TrainingConfigInput } from '../model/resolve-config.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { windowSteps } from '../record/csv-spec.ts';

/** Share of the training sessions that chooses the epoch and measures deviations of continuous targets. */
const HELD_OUT = 0.2;

/**
 * A config with what a CSV spec says laid under it: continuous targets, windows as long as it looks
 * back, and sessions held out to measure how far off the targets are. A log without actions gets no
 * experts, and its actions do not count in the loss; many values together count as much as one.
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
        // The values' losses are added up: many of them would drown the action's.
        ...(csv.continuous.length && { values: 1 / csv.continuous.length }),
        ...training?.lossWeights,
      },
    },
  };
}

const hasOwnWindows = (training: TrainingConfigInput | undefined): boolean =>
  training !== undefined &&
  ['windowLength', 'windowStride', 'warmUp'].some((key) => Object.hasOwn(training, key));
