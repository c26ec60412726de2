import type { WasmBinaries, WasmBuild } from './module.ts';
import { refusal, wasmModule } from './module.ts';

/**
 * The functions that predict, documented in assembly/. They take pointers and strides in bytes, and
 * positional arguments, since WebAssembly takes numbers only.
 */
export interface StepKernels {
  readonly product: Kernel;
  readonly packPanels: Kernel;
  readonly lstmForward: Kernel;
  readonly gruForward: Kernel;
  readonly gateMatches: Kernel;
  readonly copyColumns: Kernel;
  readonly embedColumns: Kernel;
  readonly rectify: Kernel;
}

/** The functions that predict and train. */
export interface WasmKernels extends StepKernels {
  readonly packTurnedPanels: Kernel;
  readonly lstmBackward: Kernel;
  readonly gruBackward: Kernel;
  readonly softmaxCrossEntropy: Kernel;
  readonly squaredError: Kernel;
  readonly mixExperts: Kernel;
  readonly mixExpertsBackward: Kernel;
  readonly embedBackward: Kernel;
  readonly dropOut: Kernel;
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

export type Kernel = (...args: number[]) => void;
type Measure = (...args: number[]) => number;

/** Memory, at first one page, and the kernels that work on it. */
export interface WasmInstance<Kernels extends StepKernels> {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

/** Throws what `wasmModule` throws, and `no-wasm` also when memory runs out. */
export function instantiate<Kernels extends StepKernels>(
  binaries: WasmBinaries<Kernels>,
  build?: WasmBuild,
): WasmInstance<Kernels> {
  const module = wasmModule(binaries, build);
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, kernels: exports as unknown as Kernels };
  } catch (cause) {
    throw refusal(cause);
  }
}
