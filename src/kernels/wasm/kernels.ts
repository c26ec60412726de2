import type { WasmBuild } from './module.ts';
import { wasmModule } from './module.ts';

/**
 * The module's functions, documented where they are written (assembly/). They take pointers and
 * strides in bytes, and are called with positional arguments: an object cannot cross the border.
 */
export interface WasmKernels {
  readonly product: Kernel;
  readonly packPanels: Kernel;
  readonly packTurnedPanels: Kernel;
  readonly lstmForward: Kernel;
  readonly lstmBackward: Kernel;
  readonly gruForward: Kernel;
  readonly gruBackward: Kernel;
  readonly softmaxCrossEntropy: Kernel;
  readonly squaredError: Kernel;
  readonly copyColumns: Kernel;
  readonly embedColumns: Kernel;
  readonly embedBackward: Kernel;
  readonly dropOut: Kernel;
  readonly adam: Kernel;
  readonly sgd: Kernel;
  readonly scale: Kernel;
  readonly addPenalty: Measure;
  readonly sumOfSquares: Measure;
  readonly exps: Kernel;
  readonly sigmoids: Kernel;
  readonly tanhs: Kernel;
}

type Kernel = (...args: number[]) => void;
type Measure = (...args: number[]) => number;

/** The kernels, working on `memory`. Throws what `wasmModule` throws. */
export function instantiate(memory: WebAssembly.Memory, build?: WasmBuild): WasmKernels {
  const instance = new WebAssembly.Instance(wasmModule(build), { env: { memory } });
  return instance.exports as unknown as WasmKernels;
}
