import { ForesightError } from '../util/error.ts';

/**
 * Where the training worker comes from: a running Worker, a function that makes one, or the address of
 * its script. A running Worker is terminated when the client is disposed.
 */
export type WorkerSource = Worker | (() => Worker) | URL | string;

export const WORKER_HINT =
  'Copy foresight.worker.js from the folder dist of the package to where the page can load it, or ' +
  'pass its address, or a function that makes a Worker, as the option "worker"; a ' +
  'Content-Security-Policy must allow it in worker-src (blob: too, when the script is on another origin).';

export interface StartedWorker {
  readonly worker: Worker;
  /** Where it comes from, for messages. */
  readonly origin: string;
  /** Frees what was needed to start it. Call this when it runs or has failed. */
  started(): void;
}

/** Starts a worker; without a source, the file `foresight.worker.js` next to this one. Throws `worker-failed`. */
export function startWorker(source?: WorkerSource): StartedWorker {
  const nothing = (): void => {};
  if (source instanceof Worker)
    return { worker: source, origin: 'a given Worker', started: nothing };
  const origin =
    typeof source === 'function' ? 'a given function' : String(source ?? 'foresight.worker.js');
  try {
    if (typeof source === 'function') return { worker: source(), origin, started: nothing };
    if (source !== undefined) return { ...startScript(new URL(source, document.baseURI)), origin };
    // Bundlers recognize exactly this expression.
    const worker = new Worker(new URL('./foresight.worker.js', import.meta.url), {
      type: 'module',
    });
    return { worker, origin, started: nothing };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ForesightError(
      'worker-failed',
      `The training worker could not be started from ${origin} (${why}). ${WORKER_HINT}`,
      { cause },
    );
  }
}

function startScript(url: URL): Pick<StartedWorker, 'worker' | 'started'> {
  const fromElsewhere = /^https?:$/.test(url.protocol) && url.origin !== location.origin;
  if (!fromElsewhere) return { worker: new Worker(url, { type: 'module' }), started: () => {} };
  // A worker's script must be of the page's origin, but it may import from another one.
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  return {
    worker: new Worker(address, { type: 'module' }),
    started: () => URL.revokeObjectURL(address),
  };
}
