import type * as tf from '@tensorflow/tfjs-core';
import { forwardGroups } from './recurrent-forward-wgsl.ts';
import type { RecurrentText } from './recurrent-text.ts';
import { fusedKernel } from './run-program.ts';
import type { Program, Section } from './run-program.ts';

export const recurrentForwardKernel = fusedKernel('RecurrentForward');

export interface ForwardInput {
  /** `traceSections`, whose gates hold the input's share of their sums; filled in place. */
  readonly trace: tf.Tensor1D;
  /** B and T. */
  readonly windows: number;
  readonly steps: number;
  /** [H, G]. */
  readonly recurrentWeights: Section;
  /** [3H] of a GRU. */
  readonly recurrentBias?: Section;
  /** [N, H] where the program drops outputs. */
  readonly factors?: Section;
}

/** A recurrent layer over all time steps, in one dispatch. */
export function recurrentForward(
  { text, wgsl }: Program<RecurrentText>,
  { trace, windows, steps, recurrentWeights, recurrentBias, factors }: ForwardInput,
): void {
  recurrentForwardKernel.launch({
    wgsl,
    inputs: {
      recurrentWeights: recurrentWeights.tensor,
      ...(recurrentBias && { recurrentBias: recurrentBias.tensor }),
      ...(factors && { factors: factors.tensor }),
    },
    uniforms: {
      windows,
      steps,
      recurrentWeights: recurrentWeights.at,
      recurrentBias: recurrentBias?.at ?? 0,
      factors: factors?.at ?? 0,
    },
    groups: forwardGroups(text, windows),
    output: trace,
  });
}
