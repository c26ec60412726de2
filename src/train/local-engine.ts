import { ForesightError } from '../util/error.ts';
import type { CreateBackend } from './backend.ts';
import { createCpuBackend } from './cpu-backend.ts';
import { checkGradients } from './known-answer.ts';
import { createWasmBackend } from './wasm-backend.ts';

/** An engine that needs no GPU. */
export interface LocalEngine {
  readonly engine: 'wasm' | 'cpu';
  readonly createBackend: CreateBackend;
  /** Why it is this one, in words. */
  readonly reason: string;
}

const CPU = { engine: 'cpu', createBackend: createCpuBackend } as const;

let found: Promise<LocalEngine> | undefined;

/**
 * The fastest engine that needs no GPU: wasm where it runs and computes the right gradients, else
 * plain TypeScript. Looks once; never throws.
 */
export function localEngine(): Promise<LocalEngine> {
  return (found ??= findLocalEngine(createWasmBackend));
}

/**
 * The engine of that name; `auto` is `localEngine`. Throws `no-wasm` when wasm is asked for and does
 * not run or computes the wrong gradients.
 */
export async function chooseLocalEngine(choice: 'auto' | 'wasm' | 'cpu'): Promise<LocalEngine> {
  if (choice === 'auto') return localEngine();
  if (choice === 'cpu') return { ...CPU, reason: 'The CPU was asked for.' };
  const fault = await faultOf(createWasmBackend);
  if (!fault)
    return {
      engine: 'wasm',
      createBackend: createWasmBackend,
      reason: 'WebAssembly was asked for.',
    };
  throw new ForesightError(
    'no-wasm',
    `WebAssembly cannot be used: ${fault}. Choose the engine "auto" or "cpu", update the browser, or allow wasm-unsafe-eval in the Content-Security-Policy.`,
  );
}

/** @param wasm the backend to try */
export async function findLocalEngine(wasm: CreateBackend): Promise<LocalEngine> {
  const fault = await faultOf(wasm);
  if (fault)
    return { ...CPU, reason: `WebAssembly cannot be used (${fault}), so plain TypeScript trains.` };
  return {
    engine: 'wasm',
    createBackend: wasm,
    reason: 'WebAssembly with SIMD computes the right gradients.',
  };
}

/** Why an engine cannot be used, in words; null when its gradients are right. */
export async function faultOf(create: CreateBackend): Promise<string | null> {
  try {
    return await checkGradients(create, createCpuBackend);
  } catch (error) {
    // Our own errors carry a cure that is not the one of this choice; their cause says what happened.
    const what = error instanceof ForesightError && error.cause ? error.cause : error;
    return (what instanceof Error ? what.message : String(what)).replace(/\.$/, '');
  }
}
