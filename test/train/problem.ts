import type { Batch } from '../../src/dataset/batch.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import type { TrainingConfig } from '../../src/model/config.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { createRng } from '../../src/util/rng.ts';

/** A small network with all parts: two embeddings, between and after other features, and three heads. */
export const smallShape = (shape: Partial<NetworkShape> = {}): NetworkShape => ({
  cell: 'lstm',
  layers: 1,
  units: 5,
  features: 12,
  embeddings: [
    { name: 'action', offset: 1, categories: 4, units: 2 },
    { name: 'stage', offset: 6, categories: 5, units: 3 },
  ],
  actions: 4,
  timeBins: 3,
  values: 2,
  ...shape,
});

/** The same with experts, whose log-probabilities are added to the logits. */
export const expertShape = (shape: Partial<NetworkShape> = {}): NetworkShape =>
  smallShape({ features: 12 + 2 * 3, experts: 3, unaided: true, ...shape });

/** Weights far from zero, so that every gate matters. */
export function randomWeights(shape: NetworkShape, seed = 1): Float32Array<ArrayBuffer> {
  const rng = createRng(seed);
  return Float32Array.from({ length: parameterLayout(shape).length }, () => rng.normal() * 0.5);
}

export interface BatchOptions {
  readonly batchSize?: number;
  readonly windowLength?: number;
  readonly seed?: number;
}

/**
 * A batch with everything that occurs in real ones: one-hot blocks, windows of several lengths padded
 * with zeros (the last one without any target), warm-up steps without targets, and unknown values.
 */
export function randomBatch(
  shape: NetworkShape,
  { batchSize = 5, windowLength = 6, seed = 1 }: BatchOptions = {},
): Batch {
  const rng = createRng(seed);
  const places = batchSize * windowLength;
  const batch = {
    batchSize,
    windowLength,
    featureCount: shape.features,
    valueCount: shape.values,
    features: new Float32Array(places * shape.features),
    actions: new Int32Array(places),
    timeBins: new Int32Array(places),
    values: new Float32Array(places * shape.values),
    mask: new Float32Array(places),
    experts: new Float32Array(places * (shape.experts ?? 0) * shape.actions).map(
      () => -3 * rng.next(),
    ),
    timeExperts: new Float32Array(places * (shape.experts ?? 0) * shape.timeBins).map(
      () => -3 * rng.next(),
    ),
  };
  for (let b = 0; b < batchSize; b++) {
    const length = b === batchSize - 1 ? 0 : Math.max(1, windowLength - 2 * ((b * 2) % 3));
    const warmUp = b % 2 ? 1 : 0;
    for (let t = 0; t < length; t++) {
      const place = b * windowLength + t;
      const row = batch.features.subarray(place * shape.features, (place + 1) * shape.features);
      for (let j = 0; j < row.length; j++) row[j] = rng.normal();
      for (const { offset, categories } of shape.embeddings) {
        row.fill(0, offset, offset + categories);
        row[offset + rng.int(categories)] = 1;
      }
      if (t < warmUp || rng.next() < 0.1) continue;
      batch.mask[place] = 1;
      batch.actions[place] = rng.int(shape.actions || 1);
      batch.timeBins[place] = rng.int(shape.timeBins || 1);
      for (let c = 0; c < shape.values; c++)
        batch.values[place * shape.values + c] = rng.next() < 0.25 ? NaN : rng.normal();
    }
  }
  return batch;
}

export const trainingWith = (training: Partial<TrainingConfig> = {}): TrainingConfig => ({
  ...TRAINING_DEFAULTS,
  dropout: 0,
  clipNorm: 0,
  lossWeights: { action: 1, time: 0.7, values: 0.4, unaided: 0.8 },
  ...training,
});

/** `randomBatch` with distributions of the next action to learn. */
export function softBatch(shape: NetworkShape, options: BatchOptions = {}): Batch {
  const batch = randomBatch(shape, options);
  const rng = createRng(options.seed ?? 1);
  const softActions = new Float32Array(batch.mask.length * shape.actions);
  batch.mask.forEach((isTarget, place) => {
    if (!isTarget) return;
    const shares = Array.from({ length: shape.actions }, () => rng.next());
    const sum = shares.reduce((all, share) => all + share, 0);
    softActions.set(
      shares.map((share) => share / sum),
      place * shape.actions,
    );
  });
  return { ...batch, softActions };
}
