import * as tf from '@tensorflow/tfjs-core';
import { embedKernel } from './embed.ts';
import { headsKernel } from './heads.ts';
import { productKernel } from './product.ts';
import { recurrentBackwardKernel } from './recurrent-backward.ts';
import { recurrentForwardKernel } from './recurrent-forward.ts';
import { recurrentLayerGradient, recurrentLayerKernel } from './recurrent-layer.ts';
import { updateKernel } from './update.ts';
import { weightGradientsKernel } from './weight-gradients.ts';

let registered = false;

/** Registers the programs as kernels of tfjs's webgpu backend, with gradients. Later calls do nothing. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  for (const { config } of [
    embedKernel,
    productKernel,
    recurrentForwardKernel,
    headsKernel,
    recurrentBackwardKernel,
    weightGradientsKernel,
    updateKernel,
  ])
    tf.registerKernel(config);
  tf.registerKernel(recurrentLayerKernel);
  tf.registerGradient(recurrentLayerGradient);
}
