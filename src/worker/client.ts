import { proxy } from 'comlink';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import type { TrainingProgress } from '../train/progress.ts';
import type {
  CompareReply,
  EngineChoice,
  EngineReply,
  EngineReport,
  LearnRequest,
  ObserveReply,
  TrainReply,
  TrainRequest,
} from './protocol.ts';
import { ForesightError } from '../util/error.ts';
import { Turns } from '../util/turns.ts';
import { Connection } from './client-connection.ts';
import type { ConnectionOptions } from './client-connection.ts';
import type { ExpertsSender } from './client-experts.ts';
import { LearningRun } from './client-learning.ts';
import type { LearningListeners } from './client-learning.ts';
import { TrainingRun } from './client-run.ts';
import type { RunLink, TrainingResult } from './client-run.ts';
import { isRunning, workerCandidates } from './client-worker.ts';
import type { WorkerSource } from './client-worker.ts';

export { TrainingRun } from './client-run.ts';
export type { RunLink, TrainingResult } from './client-run.ts';
export type { LearningListeners, LearningRun } from './client-learning.ts';
export type { NodeThread } from './client-thread.ts';
export type { WorkerSource } from './client-worker.ts';

export interface TrainerClientOptions {
  /**
   * Only for special cases: without it, the file `foresight.worker.js` next to the bundle is started, or else
   * its source from the bundle as a blob; in Node, a thread.
   */
  readonly worker?: WorkerSource;
  /** The most milliseconds that a worker may take to load and answer. */
  readonly readyTimeoutMs?: number;
  /**
   * The most milliseconds for which a call may show no progress, and one more for each step that is trained
   * on. A worker that takes longer is ended. A pause counts as progress; time in which the page sleeps hardly
   * counts. Infinity while you debug the worker.
   */
  readonly answerTimeoutMs?: number;
}

export const TRAINER_CLIENT_DEFAULTS: Required<Omit<TrainerClientOptions, 'worker'>> = {
  readyTimeoutMs: 15_000,
  answerTimeoutMs: 60_000,
};

/**
 * Trains models in a worker; in Node, in a thread, which keeps the process alive only while it is busy.
 * The worker starts with the first call; after a crash the next call starts a new one, unless a running one
 * was given. Calls reject with `worker-failed` when it cannot be started, dies, or shows no progress, with `wrong-version` when
 * its file is of another version, and with `cancelled` when the client is disposed. A worker that could not
 * be started is not tried again: make a new client to do so. The code that makes a client disposes it.
 */
export class TrainerClient {
  readonly #source: WorkerSource | undefined;
  readonly #timeouts: ConnectionOptions;
  #connection: Connection | null = null;
  #disposed: ForesightError | null = null;
  readonly #turns = new Turns();
  #learnings = 0;

  constructor(options: TrainerClientOptions = {}) {
    const { worker, ...timeouts } = { ...TRAINER_CLIENT_DEFAULTS, ...options };
    this.#source = worker;
    this.#timeouts = timeouts;
  }

  /** Why the worker could not be started, which every call rejects with; null while nothing shows that it cannot. */
  get startFailure(): ForesightError | null {
    if (this.#disposed || this.#connection?.wasReady) return null;
    return this.#connection?.failure ?? null;
  }

  /** The engine that `choice` means here, and why. Throws `no-webgpu` for `webgpu`, `no-wasm` for `wasm`. */
  async engine(choice: EngineChoice = 'auto'): Promise<EngineReport> {
    const reply = await this.#connect().call<EngineReply>(async (api) => api.engine(choice));
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    return reply.engine;
  }

  /** Starts a training run, after the runs before it have ended. The request is copied. */
  train(request: TrainRequest): TrainingRun {
    const { name } = request.spec;
    return new TrainingRun(name, this.#turns, (link) => this.trainNow(request, link));
  }

  /** @internal `train` in a run whose turn it is, for a caller that has no other run at the same time. */
  async trainNow(
    request: TrainRequest,
    { report, steer, throwIfCancelled }: RunLink,
  ): Promise<TrainingResult> {
    throwIfCancelled();
    // Commands go to the worker that the run began on, never to a later one.
    const connection = this.#connect();
    const { experts } = connection;
    const answer = connection.call<TrainReply>(async (api, progress) => {
      const { sent, held } = experts.send(request.start ? [request.start] : []);
      const onProgress = proxy((one: TrainingProgress | null): void => {
        progress();
        if (one) report(one);
      });
      return api
        .train({ ...request, start: sent.at(0), held }, onProgress)
        .catch(forgetAndThrow(experts));
    }, stepsOf(request));
    // One that comes too late is no error: the result shows how the run ended.
    steer((command) => void connection.call((api) => api.control(command)).catch(() => {}));
    const reply = await answer;
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    const { checkpoint, cancelled, engine } = reply;
    return { checkpoint: withExperts(checkpoint, request), cancelled, engine };
  }

  /** Learns from play, whatever else is trained at the same time. The request is copied. The caller stops the run. */
  learn({ checkpoint, ...request }: LearnRequest, listeners: LearningListeners): LearningRun {
    const id = ++this.#learnings;
    let connection: Connection | undefined;
    return new LearningRun(
      {
        begin: async () => {
          connection = this.#connect();
          const { experts } = connection;
          return connection.call<EngineReply>(async (api) => {
            const { sent, held } = experts.send([checkpoint]);
            return api
              .learn({ ...request, id, checkpoint: sent[0], held })
              .catch(forgetAndThrow(experts));
          });
        },
        observe: (events) => connection!.call<ObserveReply>(async (api) => api.observe(id, events)),
        stop: async () => connection?.call((api) => api.stopLearning(id)),
      },
      listeners,
    );
  }

  /**
   * Mean next-action log-loss of each checkpoint, in nats, on the newest steps of these episodes
   * (oldest first). Rejects with `diverged` for broken weights.
   */
  async compare(
    checkpoints: readonly Checkpoint[],
    episodes: readonly Episode[],
  ): Promise<readonly number[]> {
    const connection = this.#connect();
    const { experts } = connection;
    const reply = await connection.call<CompareReply>(async (api, progress) => {
      const { sent, held } = experts.send(checkpoints);
      return api
        .compare({ checkpoints: sent, episodes, held }, proxy(progress))
        .catch(forgetAndThrow(experts));
    });
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    return reply.logLosses;
  }

  /** Tensors alive in the worker and bytes of GPU memory they take; for leak checks. */
  async memory(): Promise<{ readonly tensors: number; readonly bytes: number }> {
    return this.#connect().call((api) => api.memory());
  }

  /** Ends the worker. All pending calls reject with `cancelled`. May be called more than once. */
  dispose(): void {
    this.#disposed ??= new ForesightError(
      'cancelled',
      'The trainer client is disposed. Make a new TrainerClient to train again.',
    );
    this.#connection?.close(this.#disposed);
  }

  /** The connection in use, or a new one. */
  #connect(): Connection {
    if (this.#disposed) throw this.#disposed;
    if (this.startFailure) throw this.startFailure;
    const failure = this.#connection?.failure;
    if (this.#connection && !failure) return this.#connection;
    if (failure && isRunning(this.#source))
      throw new ForesightError(
        'worker-failed',
        `${failure.message} The Worker that was given cannot be started again: give a function that makes one.`,
      );
    this.#connection = new Connection(workerCandidates(this.#source), this.#timeouts);
    return this.#connection;
  }
}

const stepsOf = ({ episodes }: TrainRequest): number =>
  episodes.reduce((sum, { length }) => sum + length, 0);

/** A trained checkpoint with the experts of the start checkpoint: the same object, so that they are counted only once. */
const withExperts = (checkpoint: Checkpoint, { start }: TrainRequest): Checkpoint =>
  start?.experts && !checkpoint.experts ? { ...checkpoint, experts: start.experts } : checkpoint;

/** For a request that failed: the worker may not hold the experts that were sent with it. */
const forgetAndThrow =
  (experts: ExpertsSender) =>
  (error: unknown): never => {
    experts.forget();
    throw error;
  };
