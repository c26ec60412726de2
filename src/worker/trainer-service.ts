import { releaseProxy, transfer } from 'comlink';
import type { Remote } from 'comlink';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CreateBackend } from '../train/backend.ts';
import { TrainingControl } from '../train/control.ts';
import type { TrainingProgress } from '../train/progress.ts';
import { train } from '../train/trainer.ts';
import { webgpuMemory } from '../train/webgpu-backend.ts';
import { announce } from './announce.ts';
import type { ChosenEngine } from './choose-engine.ts';
import { chooseEngine } from './choose-engine.ts';
import type { EngineChoice, EngineReply, TrainReply, TrainRequest } from './protocol.ts';
import { toWireError } from './wire-error.ts';

type ReportProgress = Remote<(progress: TrainingProgress) => void>;

/** The worker's side of `TrainerApi`. Errors are returned as values: comlink would lose their code. */
export class TrainerService {
  /** Of the run in progress. */
  #control: TrainingControl | null = null;
  /** Settles when the last run that was asked for ends. */
  #lastRun: Promise<unknown> = Promise.resolve();

  ready(lock: string): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = (): Promise<never> => {
        resolve(true);
        return new Promise(() => {});
      };
      // Not there outside of secure contexts, refused in sandboxed pages.
      if (!('locks' in navigator)) resolve(false);
      else navigator.locks.request(lock, hold).catch(() => resolve(false));
    });
  }

  async engine(choice: EngineChoice): Promise<EngineReply> {
    try {
      return { ok: true, engine: (await chooseEngine(choice)).report() };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }

  train(request: TrainRequest, onProgress: ReportProgress): Promise<TrainReply> {
    const run = this.#lastRun.then(() => this.#run(request, onProgress));
    this.#lastRun = run;
    return run;
  }

  async pause(): Promise<void> {
    this.#control?.pause();
  }

  async resume(): Promise<void> {
    this.#control?.resume();
  }

  async cancel(): Promise<void> {
    this.#control?.cancel();
  }

  memory(): Promise<{ readonly tensors: number; readonly bytes: number }> {
    return webgpuMemory();
  }

  async #run(request: TrainRequest, onProgress: ReportProgress): Promise<TrainReply> {
    const control = new TrainingControl();
    this.#control = control;
    let told: Promise<void> = Promise.resolve();
    try {
      let engine: ChosenEngine | undefined;
      const createBackend: CreateBackend = async (options) => {
        engine = await chooseEngine(request.engine ?? 'auto', options);
        announce(engine.report());
        return engine.createBackend(options);
      };
      const progress = train({ ...request, createBackend, control });
      for (;;) {
        const news = await progress.next();
        if (news.done) {
          const { checkpoint, cancelled } = news.value;
          // News and replies travel on channels of their own: the last news must not come late.
          await told;
          if (!engine) throw new RangeError('a run ended without an engine');
          announce(engine.report());
          return transferred({ ok: true, checkpoint, cancelled, engine: engine.report() });
        }
        // Not awaited here: the page may be slow. Its own errors are its own affair.
        told = onProgress(news.value).catch(() => {});
      }
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      this.#control = null;
      onProgress[releaseProxy]();
    }
  }
}

/** Marks the checkpoint's arrays to be moved instead of copied. */
function transferred(reply: TrainReply & { readonly ok: true }): TrainReply {
  return transfer(reply, buffersOf(reply.checkpoint));
}

function buffersOf({ weights, trainedOn }: Checkpoint): ArrayBuffer[] {
  const buffers = [weights, ...trainedOn.actions].map(({ buffer }) => buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
