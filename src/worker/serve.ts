import { expose } from 'comlink';
import type { Endpoint } from 'comlink';
import { TrainerService } from './trainer-service.ts';
import type { TrainerServiceOptions } from './trainer-service.ts';

/** Answers the client, in a worker of a browser or in a thread of Node. */
export function serve(options: Omit<TrainerServiceOptions, 'servesPage'>): void {
  if ('postMessage' in globalThis) {
    expose(new TrainerService(options));
    return;
  }
  // Not imported: a browser's bundler would look for the module in vain.
  const port = globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort;
  if (port) expose(new TrainerService({ ...options, servesPage: false }), port as Endpoint);
}
