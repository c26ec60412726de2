import type { Batch } from '../dataset/batch.ts';
import type { NetworkShape } from '../model/network-shape.ts';
import { parameterLayout } from '../model/network-shape.ts';
import { createRng } from '../util/rng.ts';

export interface InventOptions {
  readonly batchSize: number;
  readonly windowLength: number;
  readonly seed: number;
}

/** A full batch of random steps, every one a target, for checks and timings. The same for a seed. */
export function inventBatch(
  shape: NetworkShape,
  { batchSize, windowLength, seed }: InventOptions,
): Batch {
  const rng = createRng(seed);
  const places = batchSize * windowLength;
  const uniform = (length: number) => Float32Array.from({ length }, () => rng.next() * 2 - 1);
  const classes = (size: number) =>
    Int32Array.from({ length: places }, () => (size ? rng.int(size) : 0));
  return {
    batchSize,
    windowLength,
    featureCount: shape.features,
    valueCount: shape.values,
    features: uniform(places * shape.features),
    actions: classes(shape.actions),
    timeBins: classes(shape.timeBins),
    values: uniform(places * shape.values),
    mask: new Float32Array(places).fill(1),
  };
}

/** Random flat weights in [-scale, scale). */
export function inventWeights(shape: NetworkShape, scale: number): Float32Array {
  const rng = createRng(7);
  const { length } = parameterLayout(shape);
  return Float32Array.from({ length }, () => (rng.next() * 2 - 1) * scale);
}
