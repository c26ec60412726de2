import { webgpuUrl } from './client-parts.ts';
import { isThread, startThread, ThreadEndpoint, usesThreads } from './client-thread.ts';
import type { NodeThread } from './client-thread.ts';
import type { RunningWorker, StartedWorker, WorkerCandidate } from './client-candidate.ts';

/**
 * Where the training worker comes from: a running worker, a function that makes one, or the address of
 * its script. In Node a worker is one of `node:worker_threads`. A running worker is terminated when the
 * client is disposed.
 */
export type WorkerSource = Worker | NodeThread | (() => Worker | NodeThread) | URL | string;

/** True for a worker that runs already, and so cannot be started again. */
export const isRunning = (source: WorkerSource | undefined): source is Worker | NodeThread =>
  typeof source === 'object' && 'postMessage' in source;

/** The ways to start the worker, best first; without a source, those that need no configuration. */
export function workerCandidates(source?: WorkerSource): readonly WorkerCandidate[] {
  if (source === undefined) return usesThreads() ? OWN_THREAD : OWN_WORKER;
  if (isRunning(source))
    return [{ origin: 'a given Worker', start: () => ({ worker: adapted(source) }) }];
  if (typeof source === 'function')
    return [{ origin: 'a given function', start: () => ({ worker: adapted(source()) }) }];
  return [{ origin: String(source), start: () => startScript(source) }];
}

const FILE = 'foresight.worker.js';
const SOURCE = 'its source in the bundle';

/** A bundler moves the file along, or not; it may be missing, or of another origin. */
const OWN_WORKER: readonly WorkerCandidate[] = [
  {
    origin: FILE,
    start: () => ({
      // Bundlers recognize exactly this expression.
      worker: new Worker(new URL('./foresight.worker.js', import.meta.url), { type: 'module' }),
    }),
  },
  { origin: SOURCE, start: async () => startText(await ownSource()) },
];

const OWN_THREAD: readonly WorkerCandidate[] = [
  {
    origin: FILE,
    // Found through its neighbor: bundlers would copy it once more for another `import.meta.url`.
    start: () => ({ worker: startThread(new URL(FILE, webgpuUrl())) }),
  },
  {
    origin: SOURCE,
    start: async () => {
      const program = encodeURIComponent(await ownSource());
      return { worker: startThread(`data:text/javascript,${program}`) };
    },
  },
];

/** The worker's program, which is loaded only when its file could not be. */
async function ownSource(): Promise<string> {
  return (await import('./worker-source.ts')).readSource();
}

const adapted = (worker: Worker | NodeThread): RunningWorker =>
  isThread(worker) ? new ThreadEndpoint(worker) : worker;

function startScript(source: URL | string): StartedWorker {
  if (usesThreads()) return { worker: startThread(source) };
  const url = new URL(source, document.baseURI);
  const fromElsewhere = /^https?:$/.test(url.protocol) && url.origin !== location.origin;
  // A worker's script must be of the page's origin, but it may import from another one.
  return fromElsewhere
    ? startText(`import ${JSON.stringify(url.href)};`)
    : { worker: new Worker(url, { type: 'module' }) };
}

function startText(text: string): StartedWorker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const started = (): void => URL.revokeObjectURL(address);
  try {
    return { worker: new Worker(address, { type: 'module' }), started };
  } catch (error) {
    started();
    throw error;
  }
}
