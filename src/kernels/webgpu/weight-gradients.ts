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
  /** Workgroups of earlier programs, where several programs write one gradient. */
  readonly firstGroup?: number;
  /** Tensor for the gradient of L elements and the sums of all workgroups, or the length of a new one. */
  readonly output: tf.Tensor1D | number;
}

/** Writes the gradients of all matrices of a layer into the flat gradient, in one dispatch. */
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
