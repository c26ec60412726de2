import { ForesightError } from '../../util/error.ts';
import { BINARIES } from './binaries.ts';

/**
 * The two builds of the kernels. `relaxed` multiplies and adds in one instruction where the machine
 * can: faster, and rounded differently on machines that cannot. `plain` gives the same bits everywhere.
 */
export type WasmBuild = keyof typeof BINARIES;

const bytesOf = (build: WasmBuild): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(BINARIES[build]), (char) => char.charCodeAt(0));

const modules = new Map<WasmBuild, WebAssembly.Module>();
let fastest: WasmBuild | undefined;

/**
 * The compiled kernels, once for all networks; nothing is decoded before the first call.
 *
 * @param build default: the fastest one that runs here
 * @throws `no-wasm` where there is no WebAssembly with SIMD or the page forbids it; `cause` is the reason
 */
export function wasmModule(build?: WasmBuild): WebAssembly.Module {
  const chosen = build ?? (fastest ??= isValid('relaxed') ? 'relaxed' : 'plain');
  return modules.get(chosen) ?? compile(chosen);
}

const isValid = (build: WasmBuild): boolean =>
  typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(build));

function compile(build: WasmBuild): WebAssembly.Module {
  try {
    if (typeof WebAssembly !== 'object') throw new TypeError('there is no WebAssembly here');
    if (!isValid(build)) throw new TypeError(`there is no WebAssembly with ${FEATURE[build]} here`);
    const module = new WebAssembly.Module(bytesOf(build));
    modules.set(build, module);
    return module;
  } catch (cause) {
    throw refusal(cause);
  }
}

/** The `no-wasm` error for a cause. */
export function refusal(cause: unknown): ForesightError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new ForesightError(
    'no-wasm',
    `The WebAssembly kernels cannot be used: ${what}. Choose the engine "auto" or "cpu", update the browser, or allow wasm-unsafe-eval in the Content-Security-Policy.`,
    { cause },
  );
}

const FEATURE: Record<WasmBuild, string> = { plain: 'SIMD', relaxed: 'relaxed SIMD' };
