import { afterEach, describe, expect, it, vi } from 'vitest';
import { STEP_BINARIES } from '../../../src/kernels/wasm/step-binaries.ts';
import { smallShape, randomWeights, trainingWith } from '../../train/problem.ts';

const shape = smallShape();
const weights = randomWeights(shape);

/** The modules as at the start of a page, with nothing compiled yet. */
async function load() {
  vi.resetModules();
  const { wasmModule } = await import('../../../src/kernels/wasm/module.ts');
  const { createStreaming, loadPlainEngine } =
    await import('../../../src/predict/create-streaming.ts');
  const { createWasmBackend } = await import('../../../src/train/wasm-backend.ts');
  return { wasmModule, createStreaming, loadPlainEngine, createWasmBackend };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  // The next file begins without the warning that these tests caused.
  vi.resetModules();
});

/** `WebAssembly.Module` in a page whose Content-Security-Policy lacks wasm-unsafe-eval. */
function Forbidden(): never {
  throw new WebAssembly.CompileError('violates the Content Security Policy');
}

/** What a page sees that has no address space left. */
function Exhausted(): never {
  throw new RangeError('WebAssembly.Memory(): could not allocate memory');
}

describe('the compiled module', () => {
  it('is compiled on first use, and only once', async () => {
    const compile = vi.fn(WebAssembly.Module);
    const validate = vi.fn(WebAssembly.validate);
    vi.stubGlobal('WebAssembly', { ...own(), Module: compile, validate });
    const { wasmModule, createStreaming } = await load();
    await import('../../../src/core.ts');
    expect(validate).not.toHaveBeenCalled();
    createStreaming(shape, weights);
    createStreaming(shape, weights);
    expect(wasmModule(STEP_BINARIES)).toBe(wasmModule(STEP_BINARIES));
    expect(compile).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['there is no WebAssembly', () => undefined, /no WebAssembly here/],
    ['there is no SIMD', () => ({ ...own(), validate: () => false }), /with SIMD here/],
    ['there is no memory', () => ({ ...own(), Memory: Exhausted }), /could not allocate memory/],
    ['the page forbids it', () => ({ ...own(), Module: Forbidden }), /Security Policy/],
  ])('is refused with a fix, and prediction still works, where %s', async (_, stub, message) => {
    const { createStreaming, loadPlainEngine, createWasmBackend } = await load();
    vi.stubGlobal('WebAssembly', stub());
    const training = trainingWith();
    await expect(createWasmBackend({ shape, training, weights })).rejects.toMatchObject({
      code: 'no-wasm',
      message: expect.stringMatching(/"cpu".*wasm-unsafe-eval/),
      cause: expect.objectContaining({ message: expect.stringMatching(message) }),
    });
    expect(() => createStreaming(shape, weights)).toThrow(
      expect.objectContaining({
        code: 'no-wasm',
        message: expect.stringMatching(/wasm-unsafe-eval.*await Predictor\.create/),
      }),
    );
    await loadPlainEngine();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const network = createStreaming(shape, weights);
    createStreaming(shape, weights);
    expect(network.engine).toBe('cpu');
    expect(warn.mock.calls).toEqual([[expect.stringMatching(message)]]);
    const output = network.step(network.createState(), new Float32Array(shape.features));
    expect(output.actionLogits.every(Number.isFinite)).toBe(true);
  });
});

/** The real `WebAssembly` as an object that can be spread: its functions are not enumerable. */
function own(): Record<string, unknown> {
  const { Memory, Module, Instance, CompileError } = WebAssembly;
  return { Memory, Module, Instance, CompileError, validate: WebAssembly.validate };
}
