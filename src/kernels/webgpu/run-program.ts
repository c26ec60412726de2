import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { hashText } from '../../util/hash.ts';
import { UNIFORMS } from './wgsl.ts';
import type { BatchSize, Program, UniformName } from './wgsl.ts';

const DECLARED = Object.entries(UNIFORMS) as [UniformName, 'i32' | 'f32'][];

/** One dispatch of a program. */
export interface Launch {
  /** At least a tensor for each of the program's inputs; float32 unless the program reads int32. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** Values of the program's uniforms; those left out are 0. */
  readonly size: BatchSize;
  readonly values?: Partial<Readonly<Record<UniformName, number>>>;
  /** The tensor to write to, whose other elements stay. */
  readonly output: tf.Tensor1D;
}

/** Queues a dispatch on tfjs's webgpu backend. */
export function runProgram(program: Program, { inputs, size, values, output }: Launch): void {
  const uniforms: Launch['values'] = { ...size, ...values };
  const compiled: WebGPUProgram = {
    variableNames: [...program.inputs],
    outputShape: output.shape,
    workgroupSize: [program.lanes, 1, 1],
    dispatch: [program.groups(size), 1, 1],
    dispatchLayout: { x: [0] },
    shaderKey: shaderKey(program),
    uniforms: DECLARED.map(([name, type]) => `${name} : ${type}, `).join(''),
    getUserCode: () => program.code,
  };
  (tf.backend() as WebGPUBackend).runWebGPUProgram(
    compiled,
    program.inputs.map((name) => inputs[name]),
    'float32',
    DECLARED.map(([name, type]) => ({
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

const keys = new WeakMap<Program, string>();

/** A hash of the whole text, since values such as sizes are written into it. */
function shaderKey(program: Program): string {
  let key = keys.get(program);
  if (!key) keys.set(program, (key = `foresight ${program.name} ${hashText(program.code)}`));
  return key;
}
