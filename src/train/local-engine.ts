import type { NetworkShape } from '../network/shape.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import type { CreateBackend } from './backend.ts';
import { createCpuBackend } from './cpu-backend.ts';
import { checkGradients, cutDown } from './known-answer.ts';
import { createWasmBackend } from './wasm-backend.ts';

/** An engine that needs no GPU. */
export interface LocalEngine {
  readonly engine: 'wasm' | 'cpu';
  readonly createBackend: CreateBackend;
  /** Why it is this one, in words. */
  readonly reason: string;
}

/** `auto` is the fastest one that runs. */
export type LocalEngineChoice = 'auto' | LocalEngine['engine'];

const CPU = { engine: 'cpu', createBackend: createCpuBackend } as const;

/** Engines of this page, by the network that was checked: learners in play must not check it again and again. */
const found = new Map<string, Promise<LocalEngine>>();
const wasmFaults = new Map<string, Promise<string | null>>();

/**
 * The fastest engine that needs no GPU: wasm where it runs and computes the right gradients, else
 * plain TypeScript. Looks once for networks of the same parts; never throws.
 *
 * @param shape the network that is about to be trained, so that wasm is checked on its parts
 */
export function localEngine(shape?: NetworkShape): Promise<LocalEngine> {
  return once(found, shape, () => findLocalEngine(createWasmBackend, shape));
}

/**
 * The engine of that name; `auto` is `localEngine`. Throws `no-wasm` when wasm is asked for and does
 * not run or computes the wrong gradients.
 *
 * @param shape as for `localEngine`
 */
export async function chooseLocalEngine(
  choice: LocalEngineChoice,
  shape?: NetworkShape,
): Promise<LocalEngine> {
  if (choice === 'auto') return localEngine(shape);
  if (choice === 'cpu') return { ...CPU, reason: 'The CPU was asked for.' };
  const fault = await once(wasmFaults, shape, () => engineFault(createWasmBackend, shape));
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

/** Backends of the engine of that name, checked on each network that they are to train; see `chooseLocalEngine`. */
export function localBackends(choice: LocalEngineChoice = 'auto'): CreateBackend {
  return async (options) => (await chooseLocalEngine(choice, options.shape)).createBackend(options);
}

function once<T>(
  known: Map<string, Promise<T>>,
  shape: NetworkShape | undefined,
  find: () => Promise<T>,
): Promise<T> {
  const key = shape ? JSON.stringify(cutDown(shape)) : '';
  let result = known.get(key);
  if (!result) known.set(key, (result = find()));
  return result;
}

/**
 * @param wasm the backend to try
 * @param shape as for `localEngine`
 */
export async function findLocalEngine(
  wasm: CreateBackend,
  shape?: NetworkShape,
): Promise<LocalEngine> {
  const fault = await engineFault(wasm, shape);
  if (fault)
    return { ...CPU, reason: `WebAssembly cannot be used (${fault}), so plain TypeScript trains.` };
  return {
    engine: 'wasm',
    createBackend: wasm,
    reason: 'WebAssembly with SIMD computes the right gradients.',
  };
}

/**
 * Why an engine cannot be used, in words; null when its gradients are right.
 *
 * @param shape as for `localEngine`
 */
export async function engineFault(
  create: CreateBackend,
  shape?: NetworkShape,
): Promise<string | null> {
  try {
    return await checkGradients(create, createCpuBackend, shape);
  } catch (error) {
    // Our own errors suggest a fix that does not fit here; their cause is what happened.
    const what = error instanceof ForesightError && error.cause ? error.cause : error;
    return messageOf(what).replace(/\.$/, '');
  }
}
