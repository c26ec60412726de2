import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { hashText } from '../../util/hash.ts';
import type { Wgsl } from './wgsl.ts';

/** One dispatch of a program. */
export interface Launch {
  readonly wgsl: Wgsl;
  /** At least a tensor for each of the program's inputs; float32 unless the program reads int32. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** Values of the program's uniforms; those left out are 0. */
  readonly uniforms: Readonly<Record<string, number>>;
  /** Workgroups. */
  readonly groups: number;
  /** The tensor to write to, whose other elements stay; or the number of elements of a new one. */
  readonly output: tf.Tensor1D | number;
}

/** Part of a tensor, starting at its element `at`. */
export interface Section {
  readonly tensor: tf.Tensor;
  readonly at: number;
}

/** A program and the sizes it was made for. */
export interface Program<Text> {
  readonly text: Text;
  readonly wgsl: Wgsl;
}

/** A tfjs kernel that runs programs. Register `config` before calling `launch`. */
export interface FusedKernel {
  readonly config: tf.KernelConfig;
  /** Queues a dispatch; the result is `output`, or a new tensor that the caller disposes. */
  launch(launch: Launch): tf.Tensor1D;
}

/** @param name of the tfjs kernel */
export function fusedKernel(name: string): FusedKernel {
  const kernelName = `Foresight${name}`;
  return {
    config: {
      kernelName,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, attrs, backend }) =>
        runProgram(backend as WebGPUBackend, {
          ...(attrs as unknown as Omit<Launch, 'inputs'>),
          inputs: inputs as Record<string, tf.Tensor>,
        }),
    },
    launch: ({ inputs, ...attrs }) =>
      tf.engine().runKernel(kernelName, inputs, attrs as unknown as tf.NamedAttrMap) as tf.Tensor1D,
  };
}

/** Queues a dispatch on the backend; the result is `output` or a new tensor. */
export function runProgram(
  backend: WebGPUBackend,
  { wgsl, inputs, uniforms, groups, output }: Launch,
): tf.TensorInfo {
  const length = typeof output === 'number' ? output : output.size;
  const declared = Object.entries(wgsl.uniforms);
  const program: WebGPUProgram = {
    variableNames: [...wgsl.inputs],
    outputShape: [length],
    workgroupSize: [wgsl.lanes, 1, 1],
    dispatch: [groups, 1, 1],
    dispatchLayout: { x: [0] },
    shaderKey: shaderKey(wgsl),
    uniforms: declared.map(([name, type]) => `${name} : ${type}, `).join(''),
    getUserCode: () => wgsl.code,
  };
  return backend.runWebGPUProgram(
    program,
    wgsl.inputs.map((name) => inputs[name]),
    'float32',
    declared.map(([name, type]) => ({
      type: type === 'i32' ? 'int32' : 'float32',
      data: [uniforms[name] ?? 0],
    })),
    typeof output === 'number' ? undefined : output,
  );
}

const keys = new WeakMap<Wgsl, string>();

/** A hash of the whole text, since values such as sizes are written into it. */
function shaderKey(wgsl: Wgsl): string {
  let key = keys.get(wgsl);
  if (!key) keys.set(wgsl, (key = `foresight ${wgsl.name} ${hashText(wgsl.code)}`));
  return key;
}
