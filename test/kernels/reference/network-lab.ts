import { TrainableNetwork } from '../../../src/kernels/reference/trainable-network.ts';
import type { WindowBatch } from '../../../src/network/packing.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import type { AccumulateOptions } from '../../../src/network/trainable-network.ts';
import { trainingWith } from '../../train/problem.ts';

/** A network with these weights, in double precision, that weighs its losses as `trainingWith` does. */
export const networkOf = (
  shape: NetworkShape,
  weights: Float64Array,
): TrainableNetwork<Float64Array> =>
  new TrainableNetwork({ shape, training: trainingWith(), weights });

/** The loss of a batch, for finite differences in the weights. */
export const lossOf = (
  shape: NetworkShape,
  weights: Float64Array,
  batch: WindowBatch,
  options: AccumulateOptions = {},
): number => networkOf(shape, weights).accumulate(batch, options).loss;
