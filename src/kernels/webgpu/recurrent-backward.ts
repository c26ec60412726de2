import type * as tf from '@tensorflow/tfjs-core';
import { backwardGroups } from './recurrent-backward-wgsl.ts';
import type { RecurrentText } from './recurrent-text.ts';
import { fusedKernel } from './run-program.ts';
import type { Program, Section } from './run-program.ts';

export const recurrentBackwardKernel = fusedKernel('RecurrentBackward');

export interface BackwardInput {
  /** As written by the forward pass; its gates are overwritten with the gradients of their sums. */
  readonly trace: tf.Tensor1D;
  /** B and T. */
  readonly windows: number;
  readonly steps: number;
  /** [G, H], the transpose. */
  readonly turnedWeights: Section;
  /** [N, H] gradient of the layer's output. */
  readonly upper: Section;
  /** [N, H] where the forward program dropped outputs. */
  readonly factors?: Section;
}

/** The backward pass through all time steps, in one dispatch. */
export function recurrentBackward(
  { text, wgsl }: Program<RecurrentText>,
  { trace, windows, steps, turnedWeights, upper, factors }: BackwardInput,
): void {
  recurrentBackwardKernel.launch({
    wgsl,
    inputs: {
      turnedWeights: turnedWeights.tensor,
      upper: upper.tensor,
      ...(factors && { factors: factors.tensor }),
    },
    uniforms: {
      windows,
      steps,
      turnedWeights: turnedWeights.at,
      upper: upper.at,
      factors: factors?.at ?? 0,
    },
    groups: backwardGroups(text, windows),
    output: trace,
  });
}
