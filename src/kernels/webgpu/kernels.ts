import * as tf from '@tensorflow/tfjs-core';
import { fusedKernel } from './run-program.ts';
import type { FusedKernel } from './run-program.ts';
export const KERNELS = {
  embed: fusedKernel('Embed'),
  product: fusedKernel('Product'),
  recurrentForward: fusedKernel('RecurrentForward'),
  recurrentBackward: fusedKernel('RecurrentBackward'),
  heads: fusedKernel('HeadLosses'),
  weightGradients: fusedKernel('WeightGradients'),
  update: fusedKernel('Update'),
} satisfies Record<string, FusedKernel>;

let registered = false;

/** Registers the programs as kernels of tfjs's webgpu backend; once is enough. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  for (const { config } of Object.values(KERNELS)) tf.registerKernel(config);
}
