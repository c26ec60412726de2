import { vi } from 'vitest';

/** A page whose Content-Security-Policy lacks wasm-unsafe-eval, with no module compiled yet. */
export function forbidWasm(): void {
  vi.resetModules();
  function Forbidden(): never {
    throw new WebAssembly.CompileError('violates the Content Security Policy');
  }
  const { Memory, Instance, CompileError, validate } = WebAssembly;
  vi.stubGlobal('WebAssembly', { Memory, Instance, CompileError, validate, Module: Forbidden });
  vi.spyOn(console, 'warn').mockImplementation(() => {});
}

/** The next file begins without the modules that were loaded there. */
export function allowWasm(): void {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
}
