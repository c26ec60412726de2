import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { lstmPlan } from './lstm-plan.ts';
import type { LstmPlan } from './lstm-plan.ts';
import { gpuTensor, runProgram } from './run-program.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients.ts';
import type { BatchSize } from './wgsl.ts';

const KERNEL = 'ForesightLstm';

/** Tensors of an LSTM in Keras' order. */
export interface LstmTensors {
  /** [T, B, I]. */
  readonly x: tf.Tensor3D;
  /** [I, 4H]. */
  readonly inputWeights: tf.Tensor2D;
  /** [H, 4H]. */
  readonly recurrentWeights: tf.Tensor2D;
  /** [4H]. */
  readonly bias: tf.Tensor1D;
}

/**
 * An LSTM over all time steps of a batch, from zero states, on tfjs's webgpu backend: a handful of dispatches,
 * however many steps there are. Equations and gate order are those of torch.nn.LSTM.
 *
 * @returns [T, B, H] hidden states, differentiable once in every tensor
 */
export function lstmLayer(tensors: LstmTensors): tf.Tensor3D {
  if (!tf.getKernel(KERNEL, 'webgpu')) {
    tf.registerKernel(lstmKernel);
    tf.registerGradient(lstmGradient);
  }
  const outputs = tf.engine().runKernel(KERNEL, { ...tensors } as unknown as tf.NamedTensorMap);
  const [hidden, ...saved] = outputs as tf.Tensor[];
  // The gradient tape holds its own references.
  tf.dispose(saved);
  return hidden as tf.Tensor3D;
}

function planFor(x: tf.Tensor, units: number): { plan: LstmPlan; size: BatchSize } {
  const [steps, windows, inputs] = x.shape;
  const { device } = tf.backend() as WebGPUBackend;
  const tuning = device.adapterInfo?.isFallbackAdapter ? SOFTWARE_TUNING : GPU_TUNING;
  const size = { windows, steps, places: windows * steps };
  return { plan: lstmPlan({ inputs, units }, tuning), size };
}

/** Its outputs are the hidden states and, for the gradient, the arena and all weights. */
const lstmKernel: tf.KernelConfig = {
  kernelName: KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs }) => {
    const { x, inputWeights, recurrentWeights, bias } = inputs as unknown as LstmTensors;
    const [units] = recurrentWeights.shape;
    const { plan, size } = planFor(x, units);
    return tf.tidy(() => {
      const { project, forward } = plan;
      const matrices = [inputWeights, recurrentWeights];
      const parts = [
        ...matrices,
        bias,
        tf.zerosLike(bias),
        ...matrices.map((m) => tf.transpose(m)),
      ];
      const weights = tf.concat(parts.map((part) => tf.reshape(part, [-1])));
      const arena = gpuTensor(plan.width * size.places);
      for (const program of [project, forward])
        runProgram(program, { inputs: { x, weights }, size, output: arena });
      const hidden = columnsOf(arena, plan.hidden, { size, width: units });
      return [hidden, arena, weights];
    });
  },
};

/** Overwrites the arena, so that it can run only once. */
const lstmGradient: tf.GradConfig = {
  kernelName: KERNEL,
  inputsToSave: ['x'],
  outputsToSave: [false, true, true],
  gradFunc: (dy, saved) => {
    const [x, arena, weights] = saved as [tf.Tensor3D, tf.Tensor1D, tf.Tensor1D];
    const [upper] = dy as tf.Tensor[];
    const [, , inputs] = x.shape;
    const [, , units] = upper.shape;
    const { plan, size } = planFor(x, units);
    runProgram(plan.backward, { inputs: { weights, upper }, size, output: arena });
    const all = gpuTensor(plan.length + plan.gradients.groups(size) * GRADIENT_SUMS);
    runProgram(plan.gradients, { inputs: { x, arena }, size, output: all });
    const part = (at: number, shape: number[]): tf.Tensor =>
      tf.reshape(tf.slice1d(all, at, tf.util.sizeFromShape(shape)), shape);
    const gates = 4 * units;
    return {
      x: () => {
        runProgram(plan.dInput, { inputs: { weights }, size, output: arena });
        return columnsOf(arena, plan.dX, { size, width: inputs });
      },
      inputWeights: () => part(0, [inputs, gates]),
      recurrentWeights: () => part(inputs * gates, [units, gates]),
      bias: () => part((inputs + units) * gates, [gates]),
    };
  },
};

/** [T, B, width] a copy of a matrix in the arena. */
function columnsOf(
  arena: tf.Tensor1D,
  first: number,
  { size: { steps, windows, places }, width }: { size: BatchSize; width: number },
): tf.Tensor {
  return tf.reshape(tf.slice1d(arena, first * places, width * places), [steps, windows, width]);
}
