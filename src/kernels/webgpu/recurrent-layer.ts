import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { product } from './product.ts';
import { recurrentBackward } from './recurrent-backward.ts';
import { recurrentForward } from './recurrent-forward.ts';
import { recurrentLayerPrograms } from './recurrent-layer-programs.ts';
import type { RecurrentLayerPrograms, RecurrentLayerShape } from './recurrent-layer-programs.ts';
import { traceSections } from './recurrent-text.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { weightGradients } from './weight-gradients.ts';
import { GRADIENT_SUMS, gradientGroups } from './weight-gradients-wgsl.ts';

const KERNEL = 'ForesightRecurrentLayer';

/** Tensors of one recurrent layer in Keras' order; G is 4H for LSTM and 3H for GRU. */
export interface RecurrentLayerTensors {
  /** [T, B, I]. */
  readonly x: tf.Tensor3D;
  /** [I, G]. */
  readonly inputWeights: tf.Tensor2D;
  /** [H, G]. */
  readonly recurrentWeights: tf.Tensor2D;
  /** [G] each; an LSTM only ever adds them. */
  readonly inputBias: tf.Tensor1D;
  readonly recurrentBias: tf.Tensor1D;
}

/**
 * A recurrent layer over all time steps of a batch, from zero states, on tfjs's webgpu backend:
 * three dispatches, and seven for the backward pass. Equations and gate order are those of torch.nn.LSTM
 * and GRU.
 * Register the kernels first.
 *
 * @returns [T, B, H] hidden states, differentiable once in every tensor
 */
export function recurrentLayer(
  tensors: RecurrentLayerTensors,
  cell: 'lstm' | 'gru',
  tuning?: Tuning,
): tf.Tensor3D {
  const attrs = { cell, tuning } as unknown as tf.NamedAttrMap;
  const inputs = { ...tensors } as unknown as tf.NamedTensorMap;
  const [hidden, trace] = tf.engine().runKernel(KERNEL, inputs, attrs) as tf.Tensor[];
  // The gradient tape holds its own reference.
  trace.dispose();
  return hidden as tf.Tensor3D;
}

interface Attributes {
  readonly cell: 'lstm' | 'gru';
  readonly tuning?: Tuning;
}

function programsOf(
  { x, recurrentWeights }: Pick<RecurrentLayerTensors, 'x' | 'recurrentWeights'>,
  { cell, tuning }: Attributes,
): {
  shape: RecurrentLayerShape;
  programs: RecurrentLayerPrograms;
  windows: number;
  steps: number;
} {
  const [steps, windows, inputs] = x.shape;
  const shape = { cell, inputs, units: recurrentWeights.shape[0] };
  const { device } = tf.backend() as WebGPUBackend;
  const usual = device.adapterInfo?.isFallbackAdapter ? SOFTWARE_TUNING : GPU_TUNING;
  return { shape, programs: recurrentLayerPrograms(shape, tuning ?? usual), windows, steps };
}

export const recurrentLayerKernel: tf.KernelConfig = {
  kernelName: KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs }) => {
    const tensors = inputs as unknown as RecurrentLayerTensors;
    const { x, inputWeights, recurrentWeights, inputBias, recurrentBias } = tensors;
    const { shape, programs, windows, steps } = programsOf(tensors, attrs as unknown as Attributes);
    const places = windows * steps;
    const isLstm = shape.cell === 'lstm';
    const bias = isLstm ? tf.add(inputBias, recurrentBias) : inputBias;
    const sections = traceSections({ ...shape, dropout: false }, places);
    const trace = product(programs.project, {
      x: { tensor: x, at: 0 },
      stride: shape.inputs,
      rows: places,
      weights: { tensor: inputWeights, at: 0 },
      bias: { tensor: bias, at: 0 },
      length: sections.length,
      outStride: 4 * shape.units,
    });
    if (isLstm) bias.dispose();
    recurrentForward(programs.forward, {
      trace,
      windows,
      steps,
      recurrentWeights: { tensor: recurrentWeights, at: 0 },
      recurrentBias: { tensor: recurrentBias, at: 0 },
    });
    const flat = tf.slice1d(trace, sections.hidden, places * shape.units);
    const hidden = tf.reshape(flat, [steps, windows, shape.units]);
    flat.dispose();
    return [hidden, trace];
  },
};

/** Overwrites the trace, so that it can run only once. */
export const recurrentLayerGradient: tf.GradConfig = {
  kernelName: KERNEL,
  inputsToSave: ['x', 'inputWeights', 'recurrentWeights'],
  outputsToSave: [false, true],
  gradFunc: (dy, saved, attrs) => {
    const [x, inputWeights, recurrentWeights, trace] = saved as [
      tf.Tensor3D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    const [dHidden] = dy as tf.Tensor[];
    const { shape, programs, windows, steps } = programsOf(
      { x, recurrentWeights },
      attrs as unknown as Attributes,
    );
    const { units, inputs } = shape;
    const places = windows * steps;
    const gates = (shape.cell === 'lstm' ? 4 : 3) * units;
    const all = tf.tidy(() => {
      recurrentBackward(programs.backward, {
        trace,
        windows,
        steps,
        turnedWeights: { tensor: tf.transpose(recurrentWeights), at: 0 },
        upper: { tensor: dHidden, at: 0 },
      });
      const length = programs.lengths.all;
      return weightGradients(programs.gradients, {
        places,
        windows,
        inputs: { x, trace },
        uniforms: { hiddens: traceSections({ ...shape, dropout: false }, places).hidden },
        length,
        output: length + gradientGroups(programs.gradients.text) * GRADIENT_SUMS,
      });
    });
    const part = (at: number, dims: number[]): tf.Tensor =>
      tf.reshape(
        tf.slice1d(
          all,
          at,
          dims.reduce((a, b) => a * b, 1),
        ),
        dims,
      );
    const { recurrentWeights: recurrentAt, inputBias, recurrentBias } = programs.lengths;
    return {
      x: () =>
        tf.reshape(
          product(programs.dInput, {
            x: { tensor: trace, at: 0 },
            stride: 4 * units,
            rows: places,
            weights: { tensor: tf.transpose(inputWeights), at: 0 },
            length: places * inputs,
            outStride: inputs,
          }),
          x.shape,
        ),
      inputWeights: () => part(0, [inputs, gates]),
      recurrentWeights: () => part(recurrentAt, [units, gates]),
      inputBias: () => part(inputBias, [gates]),
      recurrentBias: () => part(recurrentBias, [gates]),
    };
  },
};
