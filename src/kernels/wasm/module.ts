import { ForesightError, messageOf } from '../../util/error.ts';

/** Kernels in hexadecimal, built twice; made by `npm run build:wasm`. */
export interface WasmBinaries<Name> {
  /** With SIMD alone: the same bits everywhere. */
  readonly plain: string;
  /** Multiplies and adds in one instruction where the machine can: faster, and rounded differently on machines that cannot. */
  readonly relaxed: string;
  /** The type of their names; never there. */
  readonly names?: Name;
}

export type WasmBuild = 'plain' | 'relaxed';

/** By their text. */
const modules = new Map<string, WebAssembly.Module>();
let fastest: WasmBuild | undefined;

/**
 * Compiled kernels, once for all networks; nothing is decoded before the first call.
 *
 * @param build default: the fastest one that runs here
 * @throws `no-wasm` where there is no WebAssembly with SIMD or the page forbids it; `cause` is the reason
 */
export function wasmModule(binaries: WasmBinaries<unknown>, build?: WasmBuild): WebAssembly.Module {
  const chosen = build ?? (fastest ??= isValid(binaries.relaxed) ? 'relaxed' : 'plain');
  return modules.get(binaries[chosen]) ?? compile(binaries[chosen], chosen);
}

const decoded = (binary: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: binary.length / 2 }, (_, i) =>
    parseInt(binary.slice(2 * i, 2 * i + 2), 16),
  );

const isValid = (binary: string): boolean =>
  typeof WebAssembly === 'object' && WebAssembly.validate(decoded(binary));

function compile(binary: string, build: WasmBuild): WebAssembly.Module {
  try {
    if (typeof WebAssembly !== 'object') throw new TypeError('there is no WebAssembly here');
    if (!isValid(binary))
      throw new TypeError(`there is no WebAssembly with ${FEATURE[build]} here`);
    const module = new WebAssembly.Module(decoded(binary));
    modules.set(binary, module);
    return module;
  } catch (cause) {
    throw refusal(cause);
  }
}

/** The `no-wasm` error for a cause. */
export function refusal(cause: unknown): ForesightError {
  const what = messageOf(cause);
  return new ForesightError(
    'no-wasm',
    `The WebAssembly kernels cannot be used: ${what}. Choose the engine "auto" or "cpu", update the browser, or allow wasm-unsafe-eval in the Content-Security-Policy.`,
    { cause },
  );
}

const FEATURE: Record<WasmBuild, string> = { plain: 'SIMD', relaxed: 'relaxed SIMD' };
