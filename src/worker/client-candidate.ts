import type { Endpoint } from 'comlink';

/** A worker with the events of a browser's. Its event `error` has no message when its script could not be loaded. */
export interface RunningWorker extends Endpoint {
  terminate(): void;
  /** Whether it keeps the process alive, where there is one. */
  keepAlive?(busy: boolean): void;
}

/** A worker that may still fail to load. */
export interface StartedWorker {
  readonly worker: RunningWorker;
  /** Frees what was needed to start it. Call this when it runs or has failed. */
  started?(): void;
}

/** One way to start a worker. */
export interface WorkerCandidate {
  /** Where it comes from, for messages. */
  readonly origin: string;
  /** Throws when it cannot even be tried. */
  start(): StartedWorker | Promise<StartedWorker>;
}
