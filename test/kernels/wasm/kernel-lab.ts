import { BINARIES } from '../../../src/kernels/wasm/binaries.ts';
import type { KernelName } from '../../../src/kernels/wasm/binaries.ts';
import { WasmMemory } from '../../../src/kernels/wasm/memory.ts';
import type { Kernels } from '../../../src/kernels/wasm/memory.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { createRng } from '../../../src/util/rng.ts';

/** Wasm memory in which tests call kernels. */
export class KernelLab {
  readonly kernels: Kernels<KernelName>;
  readonly #memory: WasmMemory;

  constructor(build: WasmBuild) {
    this.#memory = new WasmMemory(BINARIES, build);
    this.kernels = this.#memory.kernels;
  }

  /** Pointer to a copy of numbers; of integers where `values` are an Int32Array. */
  put(values: Float32Array | Int32Array): number {
    const pointer = this.room(values.length);
    if (values instanceof Int32Array) this.#memory.ints.set(values, pointer >> 2);
    else this.#memory.floats.set(values, pointer >> 2);
    return pointer;
  }

  /** Pointer to `count` zeros. */
  room(count: number): number {
    return this.#memory.take(count + 4);
  }

  /** A copy of `count` numbers. */
  get(pointer: number, count: number): Float32Array {
    return this.#memory.floats.slice(pointer >> 2, (pointer >> 2) + count);
  }

  getDoubles(pointer: number, count: number): Float64Array {
    return this.#memory.doubles.slice(pointer >> 3, (pointer >> 3) + count);
  }
}

const rng = createRng(7);

/** Normally distributed numbers. */
export const randoms = (count: number, scale = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, () => rng.normal() * scale);

/** Numbers between 0 and 1, as activated gates are. */
export const shares = (count: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, () => rng.next());
