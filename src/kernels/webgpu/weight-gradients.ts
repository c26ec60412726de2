import type * as tf from '@tensorflow/tfjs-core';
import { fusedKernel } from './run-program.ts';
import type { Program } from './run-program.ts';
import { GRADIENT_SUMS, gradientGroups } from './weight-gradients-wgsl.ts';
import type { WeightGradientsText } from './weight-gradients-wgsl.ts';

export const weightGradientsKernel = fusedKernel('WeightGradients');

export interface WeightGradientsInput {
  /** N and B. */
  readonly places: number;
  readonly windows: number;
  /** The buffers and uniforms that the program's jobs name. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly uniforms: Readonly<Record<string, number>>;
  /** L, elements of the flat gradient. */
  readonly length: number;
  /** Workgroups before this program's, where a gradient is put together by several. */
  readonly firstGroup?: number;
  /** The gradient of L elements and the sums of all workgroups, or the elements of a new one. */
  readonly output: tf.Tensor1D | number;
}

/** Gradients of all matrices of a layer, in one dispatch, into the flat gradient. */
export function weightGradients(
  { text, wgsl }: Program<WeightGradientsText>,
  { places, windows, inputs, uniforms, length, firstGroup = 0, output }: WeightGradientsInput,
): tf.Tensor1D {
  return weightGradientsKernel.launch({
    wgsl,
    inputs,
    uniforms: { places, windows, sums: length + firstGroup * GRADIENT_SUMS, ...uniforms },
    groups: gradientGroups(text),
    output,
  });
}
