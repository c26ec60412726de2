import type { Remote } from 'comlink';
import { ForesightError, messageOf } from '../util/error.ts';
import { Deadline } from './client-deadline.ts';
import { ExpertsSender } from './client-experts.ts';
import { LiveWorker } from './client-live-worker.ts';
import type { WorkerFault } from './client-live-worker.ts';
import { startFailure } from './client-start-failure.ts';
import type { FailedStart } from './client-start-failure.ts';
import type { WorkerCandidate } from './client-candidate.ts';
import type { TrainerApi } from './protocol.ts';

export interface ConnectionOptions {
  /** Milliseconds that a worker may take to load and answer. */
  readonly readyTimeoutMs: number;
  /** Milliseconds that a call may take without progress. */
  readonly answerTimeoutMs: number;
  /** What to do when the worker ended, as a sentence for messages. */
  readonly cure?: string;
  /** What to do when it showed no progress. */
  readonly cureOfSilence?: string;
}

const TRAIN_AGAIN = 'Start the training again.';
const OTHER_ENGINE = 'Start the training again; if that ends so too, choose the engine "wasm".';

/** Milliseconds that a slow device may take for a step before the first update: ten times those of a fast one. */
const PREPARE_MS = 1;

/** A connection to the first worker of several that starts, until that one ends. Then every call rejects. */
export class Connection {
  /** Functions that reject one call each. */
  readonly #pending = new Set<(error: ForesightError) => void>();
  readonly #ready: Promise<LiveWorker>;
  /** Sends experts, and knows which of them the worker holds. */
  readonly experts = new ExpertsSender();
  readonly #options: ConnectionOptions;
  #live: LiveWorker | null = null;
  /** Those that the worker has to prepare for calls that are pending. */
  #steps = 0;
  #wasReady = false;
  #failure: ForesightError | null = null;

  constructor(candidates: readonly WorkerCandidate[], options: ConnectionOptions) {
    this.#options = options;
    this.#ready = this.#guard(this.#start(candidates, options.readyTimeoutMs));
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

  /**
   * Sends a call once the worker is ready. Rejects as soon as the worker fails or is closed. A worker that
   * neither answers nor calls `progress` in time is ended.
   *
   * @param steps how many it has to prepare for learning, which shows no progress
   */
  call<T>(
    send: (api: Remote<TrainerApi>, progress: () => void) => Promise<T>,
    steps = 0,
  ): Promise<T> {
    this.#steps += steps;
    let deadline: Deadline | undefined;
    const answer = this.#ready.then(({ api }) => {
      if (this.#failure) throw this.#failure;
      deadline = new Deadline(this.#patienceMs, () => this.close(this.#silence()));
      return send(api, deadline.progress);
    });
    return this.#guard(answer).finally(() => {
      this.#steps -= steps;
      deadline?.end();
    });
  }

  /** Ends the worker; pending calls reject with `reason`. */
  close(reason: ForesightError): void {
    if (this.#failure) return;
    this.#failure = reason;
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
    this.#live?.close();
  }

  /** How long a call may show no progress. The worker answers none while it prepares steps for another. */
  readonly #patienceMs = (): number => this.#options.answerTimeoutMs + this.#steps * PREPARE_MS;

  #silence(): ForesightError {
    const seconds = Math.ceil(this.#patienceMs() / 1000);
    return new ForesightError(
      'worker-failed',
      `The training worker showed no progress for ${seconds} s and was ended. ${this.#options.cureOfSilence ?? OTHER_ENGINE}`,
    );
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
        new ForesightError(
          code,
          `The training worker ${what}. ${this.#options.cure ?? TRAIN_AGAIN}`,
        ),
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
