import { Encoder } from '../../src/dataset/encoder.ts';
import { valueStatistics } from '../../src/interchange/value-units.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { Episode } from '../../src/record/episode.ts';
import { stepAt } from '../../src/record/episode.ts';

/** The outputs of a network at one step. Values are in units of the fields' scale, so that they compare. */
export interface StepOutputs {
  readonly action: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Features [steps][F] of an episode. */
export function featureRows(
  { spec, statistics }: Pick<Checkpoint, 'spec' | 'statistics'>,
  episode: Episode,
): Float32Array[] {
  const encoder = new Encoder(spec, statistics);
  const all = encoder.encodeEpisode(episode);
  return Array.from({ length: episode.length }, (_, i) =>
    all.subarray(i * encoder.width, (i + 1) * encoder.width),
  );
}

/**
 * What our network makes of every step of an episode.
 *
 * @param checkpoint one without experts
 */
export function predictEpisode(checkpoint: Checkpoint, episode: Episode): StepOutputs[] {
  // What is exported is the network, which blends nothing.
  const predictor = createPredictor(checkpoint, { blend: false });
  const fields = valueStatistics(checkpoint);
  const last = fields.map(({ fill }) => fill);
  return Array.from({ length: episode.length }, (_, i) => {
    const step = stepAt(episode, i);
    const { probabilities, timeProbabilities, values } = predictor.observe('a', step);
    fields.forEach(({ name }, k) => {
      const value = step.values[checkpoint.statistics.fields.findIndex((one) => one.name === name)];
      if (Number.isFinite(value)) last[k] = value;
    });
    return {
      action: probabilities,
      time: timeProbabilities,
      values: fields.map(({ name, scale, changeScale, low, high }, k) => {
        // An exported model of changes gives the change alone.
        const start = changeScale === undefined ? 0 : Math.min(high, Math.max(low, last[k]));
        return (values[name] - start) / scale;
      }),
    };
  });
}

/** The greatest difference between two series of outputs, and the greatest change of an action's probability. */
export function compareOutputs(
  ours: readonly StepOutputs[],
  theirs: readonly StepOutputs[],
): { readonly difference: number; readonly range: number } {
  const differences = ours.flatMap((mine, i) =>
    (['action', 'time', 'values'] as const).flatMap((head) => {
      if (mine[head].length !== theirs[i][head].length)
        throw new Error(`${mine[head].length} outputs of ${head}, not ${theirs[i][head].length}`);
      return Array.from(mine[head], (value, k) => Math.abs(value - theirs[i][head][k]));
    }),
  );
  const first = ours.map(({ action }) => action[0]);
  // Math.max skips nothing: a NaN among the differences gives NaN, which no limit accepts.
  return { difference: Math.max(...differences), range: Math.max(...first) - Math.min(...first) };
}
