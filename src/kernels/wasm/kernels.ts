import type { WasmBuild } from './module.ts';
import { refusal, wasmModule } from './module.ts';

/**
 * The module's functions, documented in assembly/. They take pointers and strides in bytes, and
 * positional arguments, since WebAssembly takes numbers only.
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
  readonly gateMatches: Kernel;
  readonly mixExperts: Kernel;
  readonly mixExpertsBackward: Kernel;
  readonly copyColumns: Kernel;
  readonly embedColumns: Kernel;
  readonly embedBackward: Kernel;
  readonly dropOut: Kernel;
  readonly rectify: Kernel;
  readonly rectifyBackward: Kernel;
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

/** Memory, at first one page, and the kernels that work on it. */
export interface WasmInstance {
  readonly memory: WebAssembly.Memory;
  readonly kernels: WasmKernels;
}

/** Throws what `wasmModule` throws, and `no-wasm` also when memory runs out. */
export function instantiate(build?: WasmBuild): WasmInstance {
  const module = wasmModule(build);
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, kernels: exports as unknown as WasmKernels };
  } catch (cause) {
    throw refusal(cause);
  }
}
