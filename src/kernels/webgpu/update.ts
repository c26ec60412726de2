import type * as tf from '@tensorflow/tfjs-core';
import { fusedKernel } from './run-program.ts';
import type { Program } from './run-program.ts';
import { updateGroups } from './update-wgsl.ts';
import type { UpdateText } from './update-wgsl.ts';

export const updateKernel = fusedKernel('Update');

export interface UpdateInput {
  /** Of `stateLayout`; changed in place. */
  readonly state: tf.Tensor1D;
  /** [L] what to do with each weight, int32. */
  readonly roles: tf.Tensor1D;
  /** The flat gradient, followed by the sums of the workgroups. */
  readonly gradient: tf.Tensor1D;
  /** Sums of the heads' workgroups, and how many there are. */
  readonly losses: tf.Tensor1D;
  readonly headGroups: number;
  /** First element of this update's row in the log. */
  readonly log: number;
  readonly rate: number;
  /** Updates made, including this one. */
  readonly updates: number;
  /** Sum of the batch's mask. */
  readonly targets: number;
}

/** One weight update, with clipping and a row in the log, in one dispatch. */
export function update({ text, wgsl }: Program<UpdateText>, input: UpdateInput): void {
  const { state, roles, gradient, losses, headGroups, log, rate, updates, targets } = input;
  const { optimizer } = text;
  const scale = (beta: number): number => 1 / (1 - beta ** updates);
  const isAdam = optimizer.kind === 'adam';
  updateKernel.launch({
    wgsl,
    inputs: { gradient, losses, roles },
    uniforms: {
      headGroups,
      log,
      rate,
      lossScale: 1 / (targets || 1),
      firstScale: isAdam ? scale(optimizer.beta1) : 1,
      secondScale: isAdam ? scale(optimizer.beta2) : 1,
    },
    groups: updateGroups(text),
    output: state,
  });
}
