import type { Batch } from '../dataset/batch.ts';
import type { NetworkShape } from '../network/shape.ts';
import { parameterLayout } from '../network/graph.ts';
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
  const { experts = 0, features: width } = shape;
  const votes = (size: number) =>
    Float32Array.from({ length: places * experts * size }, () => -3 * rng.next());
  const batch: Batch = {
    batchSize,
    windowLength,
    featureCount: width,
    valueCount: shape.values,
    features: uniform(places * width),
    actions: classes(shape.actions),
    timeBins: classes(shape.timeBins),
    values: uniform(places * shape.values),
    mask: new Float32Array(places).fill(1),
    ...(experts && { experts: votes(shape.actions), timeExperts: votes(shape.timeBins) }),
  };
  for (const { offset, categories } of shape.embeddings)
    for (let place = 0; place < places; place++) {
      const row = place * width + offset;
      batch.features.fill(0, row, row + categories);
      batch.features[row + rng.int(categories)] = 1;
    }
  return batch;
}

/** Random flat weights in [-scale, scale). */
export function inventWeights(shape: NetworkShape, scale: number): Float32Array {
  const rng = createRng(7);
  const { length } = parameterLayout(shape);
  return Float32Array.from({ length }, () => (rng.next() * 2 - 1) * scale);
}
