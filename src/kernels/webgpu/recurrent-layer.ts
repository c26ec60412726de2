import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { recurrentLayerPrograms } from './recurrent-layer-programs.ts';
import type { RecurrentLayerPrograms } from './recurrent-layer-programs.ts';
import { gpuTensor, runProgram } from './run-program.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients.ts';
import type { BatchSize } from './wgsl.ts';

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
 * Call `registerRecurrentLayer` first.
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

let registered = false;

/** Registers the layer as a kernel of tfjs's webgpu backend, with its gradient. Later calls do nothing. */
export function registerRecurrentLayer(): void {
  if (registered) return;
  registered = true;
  tf.registerKernel(recurrentLayerKernel);
  tf.registerGradient(recurrentLayerGradient);
}

interface Attributes {
  readonly cell: 'lstm' | 'gru';
  readonly tuning?: Tuning;
}

interface LayerRun extends RecurrentLayerPrograms {
  readonly size: BatchSize;
  readonly inputs: number;
  readonly units: number;
}

function runOf(
  { x, recurrentWeights }: Pick<RecurrentLayerTensors, 'x' | 'recurrentWeights'>,
  { cell, tuning }: Attributes,
): LayerRun {
  const [steps, windows, inputs] = x.shape;
  const [units] = recurrentWeights.shape;
  const { device } = tf.backend() as WebGPUBackend;
  const usual = device.adapterInfo?.isFallbackAdapter ? SOFTWARE_TUNING : GPU_TUNING;
  const programs = recurrentLayerPrograms({ cell, inputs, units }, tuning ?? usual);
  return { ...programs, size: { windows, steps, places: windows * steps }, inputs, units };
}

const recurrentLayerKernel: tf.KernelConfig = {
  kernelName: KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs }) => {
    const tensors = inputs as unknown as RecurrentLayerTensors;
    const attributes = attrs as unknown as Attributes;
    const { x, inputWeights, recurrentWeights, inputBias, recurrentBias } = tensors;
    const { programs, size, units, ...layer } = runOf(tensors, attributes);
    const isLstm = attributes.cell === 'lstm';
    const bias = isLstm ? tf.add(inputBias, recurrentBias) : inputBias;
    const trace = gpuTensor(layer.trace * size.places);
    runProgram(programs.project, {
      inputs: { x, weights: inputWeights, bias },
      size,
      output: trace,
    });
    if (isLstm) bias.dispose();
    runProgram(programs.forward, {
      inputs: { weights: recurrentWeights, bias: recurrentBias },
      size,
      output: trace,
    });
    const flat = tf.slice1d(trace, layer.hidden * size.places, units * size.places);
    const hidden = tf.reshape(flat, [size.steps, size.windows, units]);
    flat.dispose();
    return [hidden, trace];
  },
};

/** Overwrites the trace, so that it can run only once. */
const recurrentLayerGradient: tf.GradConfig = {
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
    const [upper] = dy as tf.Tensor[];
    const { programs, size, inputs, into } = runOf(
      { x, recurrentWeights },
      attrs as unknown as Attributes,
    );
    const all = tf.tidy(() => {
      runProgram(programs.backward, {
        inputs: { weights: tf.transpose(recurrentWeights), upper },
        size,
        output: trace,
      });
      const gradient = gpuTensor(into.end + programs.gradients.groups(size) * GRADIENT_SUMS);
      runProgram(programs.gradients, { inputs: { x, trace }, size, output: gradient });
      return gradient;
    });
    const part = (at: number, like: readonly number[]): tf.Tensor => {
      const length = like.reduce((a, b) => a * b, 1);
      return tf.reshape(tf.slice1d(all, at, length), [...like]);
    };
    const [, gates] = inputWeights.shape;
    return {
      x: () => {
        const dX = gpuTensor(inputs * size.places);
        runProgram(programs.dInput, {
          inputs: { trace, weights: tf.transpose(inputWeights) },
          size,
          output: dX,
        });
        return tf.reshape(dX, x.shape);
      },
      inputWeights: () => part(into.inputWeights, inputWeights.shape),
      recurrentWeights: () => part(into.recurrentWeights, recurrentWeights.shape),
      inputBias: () => part(into.inputBias, [gates]),
      recurrentBias: () => part(into.recurrentBias, [gates]),
    };
  },
};
