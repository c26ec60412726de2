import { TrainableNetwork } from '../kernels/reference/trainable-network.ts';
import type { BackendOptions, TrainingBackend } from './backend.ts';
import { LocalBackend } from './local-backend.ts';

/** Trains in plain TypeScript, on the calling thread. */
export async function createCpuBackend(options: BackendOptions): Promise<TrainingBackend> {
  return new LocalBackend('cpu', new TrainableNetwork(options));
}
