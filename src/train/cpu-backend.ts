import type { BackendOptions, TrainingBackend } from './backend.ts';

/** Trains in plain TypeScript on the calling thread. */
export async function createCpuBackend(_options: BackendOptions): Promise<TrainingBackend> {
  throw new Error('being written');
}
