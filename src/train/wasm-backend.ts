import { ForesightError } from '../util/error.ts';
import type { BackendOptions, TrainingBackend } from './backend.ts';

/** Trains in WebAssembly. */
export async function createWasmBackend(_options: BackendOptions): Promise<TrainingBackend> {
  throw new ForesightError('not-ready', 'The engine "wasm" is being built. Choose "cpu".');
}
