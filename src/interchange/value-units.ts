import { valueFields } from '../dataset/value-fields.ts';
import type { NumberStatistics } from '../dataset/value-target.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { FEED_FORWARD, parameterLayout } from '../network/graph.ts';
import { ForesightError } from '../util/error.ts';

/**
 * The statistics of the continuous targets, in the order of the outputs. Throws `bad-data` for a network of
 * residuals: other programs do not have the linear path that they are added to.
 */
export function valueStatistics({
  model,
  statistics,
}: Pick<Checkpoint, 'model' | 'statistics'>): readonly NumberStatistics[] {
  if (model.valueTarget === 'residual' && model.continuous.length)
    throw new ForesightError(
      'bad-data',
      'The network predicts residuals of a linear regression, which other programs do not have. Train it with "valueTarget": "change".',
    );
  return valueFields(statistics, model.continuous).map(({ field }) => field);
}

/** A copy of the weights whose heads of values give the fields' units instead of normalised values. */
export function inUnits(checkpoint: Checkpoint): Float32Array<ArrayBuffer> {
  const weights = Float32Array.from(checkpoint.weights);
  const fields = valueStatistics(checkpoint);
  for (const { name, shape, offset, length } of parameterLayout(checkpoint.shape).parameters) {
    const head = name.startsWith(FEED_FORWARD) ? name.slice(FEED_FORWARD.length) : name;
    if (head !== 'values.weight' && head !== 'values.bias') continue;
    const columns = length / shape[0];
    for (let i = 0; i < length; i++) {
      const { changeScale, scale, mean } = fields[Math.floor(i / columns)];
      weights[offset + i] *= changeScale ?? scale;
      if (head === 'values.bias' && changeScale === undefined) weights[offset + i] += mean;
    }
  }
  return weights;
}
