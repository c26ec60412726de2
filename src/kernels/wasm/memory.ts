import type { KernelName } from './binaries.ts';
import { refusal, wasmModule } from './module.ts';
import type { WasmBinaries, WasmBuild } from './module.ts';

const PAGE = 65536;
/** A cache line, in bytes. */
const LINE = 64;

/**
 * A function of assembly/, where it is documented. It takes pointers and strides in bytes, and positional
 * arguments, since WebAssembly takes numbers only. Few return one.
 */
export type Kernel = (...args: number[]) => number;

export type Kernels<Name extends string> = Readonly<Record<Name, Kernel>>;

/** One network's memory and the kernels that work in it. Freed by garbage collection. */
export class WasmMemory<Name extends string = KernelName> {
  readonly kernels: Kernels<Name>;
  /** Views of the whole memory; `pointer >> 2` (3 in `doubles`) is an index. Replaced when it grows. */
  floats!: Float32Array<ArrayBuffer>;
  ints!: Int32Array<ArrayBuffer>;
  doubles!: Float64Array<ArrayBuffer>;
  /** First free byte; set back to assign again what lies behind. Pointers are never 0, which stands for "none". */
  end = LINE;
  readonly #memory: WebAssembly.Memory;

  /** Begins with one page. Throws `no-wasm` where wasm does not run or memory runs out. */
  constructor(binaries: WasmBinaries<Name>, build?: WasmBuild) {
    const module = wasmModule(binaries, build);
    try {
      this.#memory = new WebAssembly.Memory({ initial: 1 });
      const env = { memory: this.#memory };
      this.kernels = new WebAssembly.Instance(module, { env }).exports as Kernels<Name>;
    } catch (cause) {
      throw refusal(cause);
    }
    this.#look();
  }

  /** Bytes in use. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Pointer to `count` numbers of 4 bytes. Throws `no-wasm` when the machine does not have that much. */
  take(count: number): number {
    const start = this.end;
    this.end = Math.ceil((start + 4 * count) / LINE) * LINE;
    const missing = Math.ceil((this.end - this.size) / PAGE);
    if (missing > 0) this.#grow(missing);
    return start;
  }

  /** Fills `count` numbers of 4 bytes with 0. */
  clear(pointer: number, count: number): void {
    this.floats.fill(0, pointer >> 2, (pointer >> 2) + count);
  }

  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw refusal(cause);
    }
    this.#look();
  }

  #look(): void {
    this.floats = new Float32Array(this.#memory.buffer);
    this.ints = new Int32Array(this.#memory.buffer);
    this.doubles = new Float64Array(this.#memory.buffer);
  }
}
