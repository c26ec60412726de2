import type { Remote } from 'comlink';
import { ForesightError, messageOf } from '../util/error.ts';
import { ExpertsSender } from './client-experts.ts';
import { LiveWorker } from './client-live-worker.ts';
import type { WorkerFault } from './client-live-worker.ts';
import { startFailure } from './client-start-failure.ts';
import type { FailedStart } from './client-start-failure.ts';
import type { WorkerCandidate } from './client-candidate.ts';
import type { TrainerApi } from './protocol.ts';

/** A connection to the first worker of several that starts, until that one ends. Then every call rejects. */
export class Connection {
  /** Functions that reject one call each. */
  readonly #pending = new Set<(error: ForesightError) => void>();
  readonly #ready: Promise<LiveWorker>;
  /** Sends experts, and knows which of them the worker holds. */
  readonly experts = new ExpertsSender();
  #live: LiveWorker | null = null;
  #wasReady = false;
  #failure: ForesightError | null = null;

  /** @param readyTimeoutMs the most milliseconds that each of them may take to answer */
  constructor(candidates: readonly WorkerCandidate[], readyTimeoutMs: number) {
    this.#ready = this.#guard(this.#start(candidates, readyTimeoutMs));
    // Every call awaits it and reports its error.
    this.#ready.catch(() => {});
  }

  /** Null while the worker lives. */
  get failure(): ForesightError | null {
    return this.#failure;
  }

  /** Whether a worker has ever answered. */
  get wasReady(): boolean {
    return this.#wasReady;
  }

  /** Sends a call once the worker is ready. Rejects as soon as the worker fails or is closed. */
  call<T>(send: (api: Remote<TrainerApi>) => Promise<T>): Promise<T> {
    return this.#guard(this.#ready.then(({ api }) => send(api)));
  }

  /** Ends the worker; pending calls reject with `reason`. */
  close(reason: ForesightError): void {
    if (this.#failure) return;
    this.#failure = reason;
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
    this.#live?.close();
  }

  async #start(candidates: readonly WorkerCandidate[], timeoutMs: number): Promise<LiveWorker> {
    const failed: FailedStart[] = [];
    for (const candidate of candidates) {
      const fault = await this.#try(candidate, timeoutMs);
      if (this.#failure) throw this.#failure;
      if (!fault) return this.#use(this.#live!);
      failed.push({ ...fault, origin: candidate.origin });
    }
    const failure = startFailure(failed);
    this.close(failure);
    throw failure;
  }

  /** Leaves a worker that is ready in `#live`, or returns why it is of no use. */
  async #try(candidate: WorkerCandidate, timeoutMs: number): Promise<WorkerFault | null> {
    try {
      const started = await candidate.start();
      const live = new LiveWorker(started);
      this.#live = live;
      if (this.#failure) live.close();
      const fault = await live.ready(timeoutMs);
      if (fault) live.close();
      return fault;
    } catch (cause) {
      const why = messageOf(cause);
      return { code: 'worker-failed', what: `could not be started (${why})` };
    }
  }

  #use(live: LiveWorker): LiveWorker {
    this.#wasReady = true;
    void live.fault.then(({ code, what }) =>
      this.close(
        new ForesightError(code, `The training worker ${what}. Start the training again.`),
      ),
    );
    return live;
  }

  #guard<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure) reject(this.#failure);
      this.#pending.add(reject);
      this.#live?.keepAlive(true);
      work
        .then(resolve, (error: unknown) => reject(asForesightError(error)))
        .finally(() => {
          this.#pending.delete(reject);
          this.#live?.keepAlive(this.#pending.size > 0);
        });
    });
  }
}

function asForesightError(error: unknown): ForesightError {
  if (error instanceof ForesightError) return error;
  const why = messageOf(error);
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
