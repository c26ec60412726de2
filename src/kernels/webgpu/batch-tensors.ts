import * as tf from '@tensorflow/tfjs-core';
import type { NetworkPlan } from './plan.ts';

/** A batch in ordinary memory; the fields of `Batch` that the kernels read, with its conventions. */
export interface HostBatch {
  readonly batchSize: number;
  readonly windowLength: number;
  readonly features: Float32Array;
  readonly actions: Int32Array;
  readonly timeBins: Int32Array;
  readonly values: Float32Array;
  readonly mask: Float32Array;
}

/** A batch on the GPU. R = B * T rows, index b * T + t. Whoever uploads it disposes it. */
export interface BatchTensors {
  readonly batchSize: number;
  readonly windowLength: number;
  /** Sum of the mask. */
  readonly targets: number;
  /** [R, F]. */
  readonly features: tf.Tensor2D;
  /** [R, A] and [R, K]: the mask in the target's column, zeros elsewhere. */
  readonly actions?: tf.Tensor2D;
  readonly timeBins?: tf.Tensor2D;
  /** [R, C] targets, 0 where not known. */
  readonly values?: tf.Tensor2D;
  /** [R, C] 1 where the mask is set and the value known. */
  readonly known?: tf.Tensor2D;
}

/** Copies a batch to the GPU. */
export function uploadBatch(batch: HostBatch, { shape }: NetworkPlan): BatchTensors {
  const { batchSize, windowLength, mask } = batch;
  const rows = batchSize * windowLength;
  const { known, values } = shape.values ? knownValues(batch, shape.values) : {};
  return {
    batchSize,
    windowLength,
    targets: mask.reduce((sum, weight) => sum + weight, 0),
    features: tf.tensor2d(batch.features, [rows, shape.features]),
    actions: shape.actions ? oneHot(batch.actions, mask, shape.actions) : undefined,
    timeBins: shape.timeBins ? oneHot(batch.timeBins, mask, shape.timeBins) : undefined,
    values: values && tf.tensor2d(values, [rows, shape.values]),
    known: known && tf.tensor2d(known, [rows, shape.values]),
  };
}

export function disposeBatch(batch: BatchTensors): void {
  tf.dispose([batch.features, batch.actions, batch.timeBins, batch.values, batch.known]);
}

function oneHot(classes: Int32Array, mask: Float32Array, size: number): tf.Tensor2D {
  const columns = new Float32Array(mask.length * size);
  for (let row = 0; row < mask.length; row++) columns[row * size + classes[row]] = mask[row];
  return tf.tensor2d(columns, [mask.length, size]);
}

/** NaN is sorted out here because WGSL compilers may assume that there is none. */
function knownValues(
  { values, mask }: HostBatch,
  size: number,
): { values: Float32Array; known: Float32Array } {
  const known = new Float32Array(values.length);
  const clean = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    known[i] = mask[Math.floor(i / size)];
    clean[i] = values[i];
  }
  return { values: clean, known };
}
