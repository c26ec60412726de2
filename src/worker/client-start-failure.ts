import { ForesightError } from '../util/error.ts';
import type { WorkerFault } from './client-live-worker.ts';

/** A way to start a worker that failed. */
export interface FailedStart extends WorkerFault {
  /** Where the worker came from. */
  readonly origin: string;
}

const COPY_AGAIN =
  'Copy foresight.worker.js again from the folder dist of the package, and clear caches that may hold the old file.';

/** For a worker that was given. */
const GIVEN_HINT =
  'Copy foresight.worker.js from the folder dist of the package to where the page can load it, or leave the ' +
  'option "worker" out; a Content-Security-Policy must allow it in worker-src (blob: too, when the script is on another origin).';

/** For the worker that needs no configuration: the line to write where it cannot be had. */
const OWN_HINT =
  `Give the option worker: () => new Worker(new URL('phaser-foresight/worker', import.meta.url), { type: 'module' }) ` +
  'when you bundle with Vite or webpack; with other bundlers and in a script tag copy foresight.worker.js from the folder ' +
  `dist of the package to where the page can load it, and give its address, such as worker: '/foresight.worker.js'. ` +
  `A Content-Security-Policy must allow it (worker-src 'self'), or blob: in worker-src to do without the option.`;

/** One error for all the ways that were tried; its second sentence names the cure. */
export function startFailure(failed: readonly FailedStart[]): ForesightError {
  const { code } = failed.at(-1)!;
  const what = failed.map((one) => `that from ${one.origin} ${one.what}`).join('; ');
  const hint = code === 'wrong-version' ? COPY_AGAIN : failed.length > 1 ? OWN_HINT : GIVEN_HINT;
  return new ForesightError(code, `The training worker could not be started: ${what}. ${hint}`);
}
