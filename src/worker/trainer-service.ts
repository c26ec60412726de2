import { releaseProxy, transfer } from 'comlink';
import type { Remote } from 'comlink';
import { meanLogLoss } from '../evaluate/mean-log-loss.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import type { CreateBackend } from '../train/backend.ts';
import { TrainingControl } from '../train/control.ts';
import { Pace } from '../train/pace.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { train } from '../train/trainer.ts';
import { WebgpuEngine } from '../train/webgpu-engine.ts';
import type { WebgpuKernels } from '../train/webgpu-kernels.ts';
import { announce } from './announce.ts';
import { LiveLearning } from './live-learning.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { chooseEngine } from './choose-engine.ts';
import type {
  CompareReply,
  CompareRequest,
  EngineChoice,
  EngineReply,
  EngineReport,
  EpisodeBatch,
  ObserveReply,
  PlayEvent,
  ReadCheckpointReply,
  PartSource,
  ReadEpisodesReply,
  ReadyReply,
  ReadyRequest,
  WorkerPart,
  RunCommand,
  SentLearnRequest,
  SentTrainRequest,
  TrainReply,
  TrainRequest,
} from './protocol.ts';
import { ForesightError } from '../util/error.ts';
import type { FileContent } from '../util/file-content.ts';
import { Turns } from '../util/turns.ts';
import { VERSION } from '../util/version.ts';
import { KnownExperts } from './known-experts.ts';
import type { PartOffer } from './fetch-part.ts';
import type * as FileReader from './read-file.ts';
import { toWireError } from './wire-error.ts';

export interface TrainerServiceOptions {
  /** Loads tfjs and the kernels for WebGPU; called at most once. */
  readonly importWebgpu: (offer: PartOffer) => Promise<WebgpuKernels>;
  /** Loads what reads files. */
  readonly importReader: (offer: PartOffer) => Promise<typeof FileReader>;
  /** Whether the worker shares the processor with a page that draws; it then rests where cores are few. */
  readonly servesPage?: boolean;
}

type ReportProgress = Remote<(progress: TrainingProgress | null) => void>;

/** Milliseconds between two signs that a training has not stopped. */
const SIGN_MS = 1000;

/** Implements `TrainerApi` in the worker. Errors are returned as values: comlink would lose their code. */
export class TrainerService {
  readonly #webgpu: WebgpuEngine;
  readonly #servesPage: boolean;
  /** What the page offered in `ready`. */
  #offer: (part: WorkerPart) => PartOffer = () => ({});
  readonly #importReader: () => Promise<typeof FileReader>;
  /** Controls the run in progress. */
  #control: TrainingControl | null = null;
  readonly #experts = new KnownExperts();
  /** What learns from play, by the number that the client gave it. */
  readonly #learning = new Map<number, Promise<LiveLearning>>();
  /** Of the file that was read last. */
  #read: FileReader.ReadEpisodes | null = null;
  readonly #turns = new Turns();

  constructor({ importWebgpu, importReader, servesPage = true }: TrainerServiceOptions) {
    this.#webgpu = new WebgpuEngine(() => importWebgpu(this.#offer('webgpu')));
    this.#importReader = () => importReader(this.#offer('reader'));
    this.#servesPage = servesPage;
  }

  async ready({ lock, urls }: ReadyRequest, source?: Remote<PartSource>): Promise<ReadyReply> {
    this.#offer = (part) => ({ url: urls?.[part], source: source && (() => source(part)) });
    return { version: VERSION, holdsLock: !!lock && (await takeLock(lock)) };
  }

  async engine(choice: EngineChoice): Promise<EngineReply> {
    try {
      return { ok: true, engine: (await chooseEngine(choice, { webgpu: this.#webgpu })).report() };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }

  train(request: SentTrainRequest, onProgress: ReportProgress): Promise<TrainReply> {
    const { held, ...sent } = request;
    let received: TrainRequest;
    try {
      // Now and not when the run starts: tables must be received in the order in which requests are sent.
      const [start] = this.#experts.receive(sent.start ? [sent.start] : [], held);
      received = { ...sent, start };
    } catch (error) {
      onProgress[releaseProxy]();
      return Promise.resolve({ ok: false, error: toWireError(error) });
    }
    return this.#turns.take(async () => {
      const reply = await this.#run(received, onProgress);
      return reply.ok
        ? transfer(withoutStarts(reply, received), buffersOf(reply.checkpoint))
        : reply;
    });
  }

  async learn({ id, held, ...request }: SentLearnRequest): Promise<EngineReply> {
    try {
      // Before anything is awaited, as in `train`.
      const [checkpoint] = this.#experts.receive([request.checkpoint], held);
      const { createBackend, report } = this.#chooser(request.engine);
      const learning = LiveLearning.begin(
        { ...request, checkpoint },
        { createBackend, report, restMs: this.#restMs() },
      );
      this.#learning.set(id, learning);
      await learning;
      return { ok: true, engine: report() };
    } catch (error) {
      this.#learning.delete(id);
      return { ok: false, error: toWireError(error) };
    }
  }

  async observe(id: number, events: readonly PlayEvent[]): Promise<ObserveReply> {
    try {
      const learning = await this.#learning.get(id);
      if (!learning)
        throw new ForesightError(
          'cancelled',
          'Learning from play was stopped. Call learn again to begin.',
        );
      const learned = await learning.observe(events);
      const reply: ObserveReply = { ok: true, learned };
      return learned ? transfer(reply, [learned.weights.buffer]) : reply;
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }

  async stopLearning(id: number): Promise<void> {
    const learning = this.#learning.get(id);
    this.#learning.delete(id);
    await learning?.then((one) => one.dispose()).catch(() => {});
  }

  async compare(
    { checkpoints: sent, episodes, held }: CompareRequest,
    onProgress: Remote<() => void>,
  ): Promise<CompareReply> {
    try {
      const checkpoints = this.#experts.receive(sent, held);
      const pace = new Pace(this.#restMs());
      const breathe = (): Promise<void> => {
        if (pace.isReportDue()) onProgress().catch(() => {});
        return pace.yieldToEventLoop();
      };
      const logLosses: number[] = [];
      for (const checkpoint of checkpoints)
        logLosses.push(await meanLogLoss(checkpoint, episodes, { breathe }));
      return { ok: true, logLosses };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      onProgress[releaseProxy]();
    }
  }

  async readEpisodes(
    file: FileContent,
    name: string,
    onProgress: Remote<(done: number) => void>,
  ): Promise<ReadEpisodesReply> {
    const pace = new Pace();
    try {
      const { ReadEpisodes } = await this.#importReader();
      this.#read = await ReadEpisodes.of(file, name, (done) => {
        // The message leaves at once, however long the reading continues.
        if (pace.isReportDue()) onProgress(done).catch(() => {});
      });
      return { ok: true, spec: this.#read.spec };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      onProgress[releaseProxy]();
    }
  }

  async takeEpisodes(): Promise<EpisodeBatch> {
    const batch = this.#read?.take() ?? { episodes: [], done: 1 };
    return transfer(batch, distinctBuffers(batch.episodes.flatMap(arraysOf)));
  }

  async readCheckpoint(file: FileContent, name: string): Promise<ReadCheckpointReply> {
    try {
      const { readCheckpoint } = await this.#importReader();
      const checkpoint = await readCheckpoint(file, name);
      return transfer({ ok: true, checkpoint }, buffersOf(checkpoint));
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }

  async control(command: RunCommand): Promise<void> {
    this.#control?.[command]();
  }

  memory(): Promise<{ readonly tensors: number; readonly bytes: number }> {
    return this.#webgpu.memory();
  }

  async #run(request: TrainRequest, onProgress: ReportProgress): Promise<TrainReply> {
    const control = new TrainingControl();
    this.#control = control;
    let delivered: Promise<void> = Promise.resolve();
    const signs = setInterval(() => {
      if (control.showsLife()) onProgress(null).catch(() => {});
    }, SIGN_MS);
    try {
      const { createBackend, report: engine } = this.#chooser(request.engine);
      const progress = train({ ...request, createBackend, control, restMs: this.#restMs() });
      for (;;) {
        const report = await progress.next();
        if (report.done) {
          const { checkpoint, cancelled } = report.value;
          // Reports and replies travel on different channels: the last report must arrive before the reply.
          await delivered;
          this.#announce(engine());
          return { ok: true, checkpoint, cancelled, engine: engine() };
        }
        // Not awaited here: the page may be slow. Errors in its callback do not concern the run.
        delivered = onProgress(report.value).catch(() => {});
      }
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      clearInterval(signs);
      this.#control = null;
      onProgress[releaseProxy]();
    }
  }

  /**
   * With only two cores, the page draws with the other one, or with both if it renders in software: a
   * training without rests made it miss every third frame there.
   */
  #restMs(): number {
    return this.#servesPage && navigator.hardwareConcurrency <= 2 ? 8 : 0;
  }

  /** Chooses an engine when the first backend is made, for the network that it is made for. */
  #chooser(choice: EngineChoice = 'auto'): ChosenEngine {
    let chosen: Promise<ChosenEngine> | undefined;
    let engine: ChosenEngine | undefined;
    const createBackend: CreateBackend = async (options) => {
      chosen ??= chooseEngine(choice, { webgpu: this.#webgpu, workload: options });
      engine = await chosen;
      this.#announce(engine.report());
      return engine.createBackend(options);
    };
    const report = (): EngineReport => {
      if (!engine) throw new RangeError('no backend was made');
      return engine.report();
    };
    return { createBackend, report };
  }

  /** On the console of a page; a script's output is its own. */
  #announce(engine: EngineReport): void {
    if (this.#servesPage) announce(engine);
  }
}

/** The reply without the experts that the run began with: the client has them. */
function withoutStarts(
  reply: TrainReply & { readonly ok: true },
  { start }: TrainRequest,
): TrainReply {
  if (!start || reply.checkpoint.experts !== start.experts) return reply;
  const { experts: _, ...checkpoint } = reply.checkpoint;
  return { ...reply, checkpoint };
}

const buffersOf = ({ weights, trainedOn }: Checkpoint): ArrayBuffer[] =>
  distinctBuffers([weights, ...trainedOn.actions]);

const arraysOf = ({ ticks, actions, columns }: Episode): readonly ArrayBufferView[] => [
  ticks,
  actions,
  ...columns,
];

function distinctBuffers(arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  const buffers = new Set(arrays.map(({ buffer }) => buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** Takes a Web Lock until the worker ends. False where there are no locks. */
function takeLock(lock: string): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve(true);
      return new Promise(() => {});
    };
    // Locks do not exist outside of secure contexts, and are refused in sandboxed pages.
    if (!('locks' in navigator)) resolve(false);
    else navigator.locks.request(lock, hold).catch(() => resolve(false));
  });
}
