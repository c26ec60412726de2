import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { hashText } from '../../util/hash.ts';
import type { BatchSize, Program, Wgsl } from './wgsl.ts';

/** One dispatch of a program. */
export interface Launch {
  /** At least a tensor for each of the program's inputs; float32 unless the program reads int32. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** Values of the program's uniforms; those left out are 0. */
  readonly size: BatchSize;
  readonly values?: Readonly<Record<string, number>>;
  /** The tensor to write to, whose other elements stay. */
  readonly output: tf.Tensor1D;
}

/** Queues a dispatch on tfjs's webgpu backend. */
export function runProgram(
  { wgsl, groups }: Program,
  { inputs, size, values, output }: Launch,
): void {
  const uniforms: Readonly<Record<string, number>> = { ...size, ...values };
  const declared = Object.entries(wgsl.uniforms);
  const program: WebGPUProgram = {
    variableNames: [...wgsl.inputs],
    outputShape: output.shape,
    workgroupSize: [wgsl.lanes, 1, 1],
    dispatch: [groups(size), 1, 1],
    dispatchLayout: { x: [0] },
    shaderKey: shaderKey(wgsl),
    uniforms: declared.map(([name, type]) => `${name} : ${type}, `).join(''),
    getUserCode: () => wgsl.code,
  };
  (tf.backend() as WebGPUBackend).runWebGPUProgram(
    program,
    wgsl.inputs.map((name) => inputs[name]),
    'float32',
    declared.map(([name, type]) => ({
      type: type === 'i32' ? 'int32' : 'float32',
      data: [uniforms[name] ?? 0],
    })),
    output,
  );
}

/** A new tensor on the GPU with undefined elements. The caller, or its `tf.tidy`, disposes it. */
export function gpuTensor(length: number): tf.Tensor1D {
  const info = (tf.backend() as WebGPUBackend).makeTensorInfo([length], 'float32');
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor1D;
}

const keys = new WeakMap<Wgsl, string>();

/** A hash of the whole text, since values such as sizes are written into it. */
function shaderKey(wgsl: Wgsl): string {
  let key = keys.get(wgsl);
  if (!key) keys.set(wgsl, (key = `foresight ${wgsl.name} ${hashText(wgsl.code)}`));
  return key;
}
