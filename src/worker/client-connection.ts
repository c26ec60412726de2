import { releaseProxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import { ForesightError } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import { WORKER_HINT } from './client-worker.ts';
import { ExpertsSender } from './client-experts.ts';
import type { StartedWorker } from './client-worker.ts';
import type { ReadyReply, TrainerApi } from './protocol.ts';

/**
 * One worker, from its start to its end. comlink leaves calls to a dead worker pending forever;
 * this rejects them, however the worker dies: it cannot load, throws, is terminated, or hangs before
 * it is ready.
 */
export class Connection {
  readonly #started: StartedWorker;
  readonly #api: Remote<TrainerApi>;
  /** Functions that reject one call each. */
  readonly #pending = new Set<(error: ForesightError) => void>();
  /** Ends the listeners and the wait for the worker's lock. */
  readonly #ended = new AbortController();
  readonly #ready: Promise<void>;
  /** Sends experts, and knows which of them the worker holds. */
  readonly experts = new ExpertsSender();
  #failure: ForesightError | null = null;

  constructor(started: StartedWorker, readyTimeoutMs: number) {
    this.#started = started;
    const { worker } = started;
    const { signal } = this.#ended;
    worker.addEventListener('error', (event) => this.#onError(event), { signal });
    worker.addEventListener(
      'messageerror',
      () => this.#fail('The training worker sent something that cannot be read. Reload the page.'),
      { signal },
    );
    this.#api = wrap<TrainerApi>(worker);
    this.#ready = this.#guard(this.#becomeReady(readyTimeoutMs));
    // Every call awaits it and reports its error.
    this.#ready.catch(() => {});
  }

  /** Null while the worker lives. */
  get failure(): ForesightError | null {
    return this.#failure;
  }

  /** Sends a call once the worker is ready. Rejects as soon as the worker fails or is closed. */
  call<T>(send: (api: Remote<TrainerApi>) => Promise<T>): Promise<T> {
    return this.#guard(this.#ready.then(() => send(this.#api)));
  }

  /** Ends the worker; pending calls reject with `reason`. */
  close(reason: ForesightError): void {
    if (this.#failure) return;
    this.#failure = reason;
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
    this.#ended.abort();
    this.#api[releaseProxy]();
    this.#started.worker.terminate();
    this.#started.started();
  }

  async #becomeReady(timeoutMs: number): Promise<void> {
    const lock = `phaser-foresight-worker-${Math.random().toString(36).slice(2)}`;
    const timer = setTimeout(() => {
      const seconds = timeoutMs / 1000;
      this.#fail(
        `The training worker from ${this.#started.origin} did not answer within ${seconds} s. ${WORKER_HINT}`,
      );
    }, timeoutMs);
    this.#ended.signal.addEventListener('abort', () => clearTimeout(timer));
    // A worker of another version may answer anything.
    const reply: Partial<ReadyReply> = await this.#api.ready(lock);
    clearTimeout(timer);
    if (reply.version !== VERSION) {
      this.close(this.#wrongVersion(reply.version));
      return;
    }
    const { holdsLock } = reply;
    this.#started.started();
    if (!holdsLock || !('locks' in navigator)) return;
    const gone = (): void =>
      this.#fail(
        'The training worker was terminated by other code or by the browser. Start the training again.',
      );
    // The lock is granted only when the worker is gone. The request rejects when this connection ends first.
    navigator.locks.request(lock, { signal: this.#ended.signal }, gone).catch(() => {});
  }

  #wrongVersion(version: string | undefined): ForesightError {
    return new ForesightError(
      'wrong-version',
      `The training worker from ${this.#started.origin} has ${version ? `version ${version}` : 'an earlier version'}, but this package has version ${VERSION}. Copy foresight.worker.js again from the folder dist of the package, and clear caches that may hold the old file.`,
    );
  }

  #onError(event: ErrorEvent): void {
    event.preventDefault();
    this.#fail(
      // The event of a script that cannot be loaded has no message.
      event.message
        ? `The training worker crashed (${event.message}). Start the training again, and report it if it happens again.`
        : `The training worker could not be loaded from ${this.#started.origin}. ${WORKER_HINT}`,
    );
  }

  #fail(message: string): void {
    this.close(new ForesightError('worker-failed', message));
  }

  #guard<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure);
      this.#pending.add(reject);
      work
        .then(resolve, (error: unknown) => reject(asForesightError(error)))
        .finally(() => this.#pending.delete(reject));
    });
  }
}

function asForesightError(error: unknown): ForesightError {
  if (error instanceof ForesightError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof DOMException && error.name === 'DataCloneError')
    return new ForesightError(
      'bad-data',
      `The request cannot be sent to the training worker (${why}). Give plain data without functions.`,
      { cause: error },
    );
  return new ForesightError(
    'worker-failed',
    `The training worker answered with an error (${why}). Make sure that its file is from this version of the package.`,
    { cause: error },
  );
}
