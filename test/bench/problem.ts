import type { Batch } from '../../src/dataset/batch.ts';
import { ADAM_DEFAULTS, TRAINING_DEFAULTS } from '../../src/model/config.ts';
import type { TrainingConfig } from '../../src/model/config.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { inventBatch } from '../../src/train/invent-batch.ts';
import { createRng } from '../../src/util/rng.ts';

/** What a training problem measures. Plain JSON. */
export interface ProblemSize {
  /** B, windows of a batch. */
  readonly batchSize: number;
  /** T, steps of a window. */
  readonly windowLength: number;
  /** F. */
  readonly features: number;
  /** H, units of each layer. */
  readonly units: number;
  readonly layers: number;
  /** C, classes of the softmax; 0 = one linear output and the mean squared error. */
  readonly classes: number;
}

/** The shapes of the comparison. S is the usual two-layer regression network. */
export const SHAPES = {
  A: { batchSize: 32, windowLength: 16, features: 16, units: 32, layers: 1, classes: 8 },
  B: { batchSize: 64, windowLength: 32, features: 32, units: 64, layers: 1, classes: 16 },
  S: { batchSize: 32, windowLength: 10, features: 1, units: 50, layers: 2, classes: 0 },
} as const satisfies Record<string, ProblemSize>;

export type ShapeName = keyof typeof SHAPES;

/** Of Adam, everywhere. */
export const LEARNING_RATE = 1e-3;

/** One fixed batch and where training starts from. The same for a size, on every engine. */
export interface Problem {
  readonly size: ProblemSize;
  readonly shape: NetworkShape;
  /** Only the last step of each window is a target. */
  readonly batch: Batch;
  /** Flat, in the order of `parameterLayout(shape)`; every bias_hh is 0, as Keras has one bias. */
  readonly weights: Float32Array;
  readonly training: TrainingConfig;
}

export function createProblem(size: ProblemSize): Problem {
  const { batchSize, windowLength, features, units, layers, classes } = size;
  const shape: NetworkShape = {
    cell: 'lstm',
    layers,
    units,
    features,
    embeddings: [],
    actions: classes,
    timeBins: 0,
    values: classes ? 0 : 1,
  };
  const batch = inventBatch(shape, { batchSize, windowLength, seed: 1 });
  for (let i = 0; i < batch.mask.length; i++) batch.mask[i] = (i + 1) % windowLength === 0 ? 1 : 0;
  const training: TrainingConfig = {
    ...TRAINING_DEFAULTS,
    batchSize,
    windowLength,
    optimizer: ADAM_DEFAULTS,
    lossWeights: { action: 1, time: 0, values: 1, unaided: 0 },
    l1: 0,
    l2: 0,
    dropout: 0,
    fieldDropout: 0,
    clipNorm: 0,
  };
  return { size, shape, batch, weights: startWeights(shape), training };
}

/** Uniform within 1 / sqrt(H), as PyTorch begins; every bias_hh is 0. */
export function startWeights(shape: NetworkShape): Float32Array {
  const rng = createRng(3);
  const { parameters, length } = parameterLayout(shape);
  const limit = 1 / Math.sqrt(shape.units);
  const weights = Float32Array.from({ length }, () => (rng.next() * 2 - 1) * limit);
  for (const { name, offset, length: count } of parameters)
    if (name.includes('bias_hh')) weights.fill(0, offset, offset + count);
  return weights;
}

/** [B] the class of each window, at its last step. */
export function lastClasses({ batch }: Problem): Int32Array {
  const { batchSize, windowLength, actions } = batch;
  return Int32Array.from({ length: batchSize }, (_, b) => actions[(b + 1) * windowLength - 1]);
}

/** [B] the value to reach of each window, at its last step. */
export function lastValues({ batch }: Problem): Float32Array {
  const { batchSize, windowLength, values } = batch;
  return Float32Array.from({ length: batchSize }, (_, b) => values[(b + 1) * windowLength - 1]);
}

/** A named matrix of the start weights, a view. */
export function weightsOf({ shape, weights }: Pick<Problem, 'shape' | 'weights'>, name: string) {
  const found = parameterLayout(shape).parameters.find((parameter) => parameter.name === name);
  if (!found) throw new RangeError(`no parameter "${name}"`);
  return {
    dims: found.shape,
    data: weights.subarray(found.offset, found.offset + found.length),
  };
}
