import type { Checkpoint } from '../model/checkpoint.ts';
import type { ModelConfig, TrainingConfig } from '../model/config.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { EngineName } from '../train/backend.ts';
import type { TrainingProgress } from '../train/progress.ts';
import type { EngineTiming } from '../train/time-backend.ts';
import type { ErrorCode } from '../util/error.ts';

/**
 * Which engine to use: `auto` takes the faster of wasm and hardware WebGPU, once they have passed
 * their checks, and plain TypeScript (`cpu`) where neither runs.
 */
export type EngineChoice = EngineName | 'auto';

/** The engine a worker chose, and why, in words. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly reason: string;
  /** The adapter's own description; empty without WebGPU. */
  readonly adapter: string;
  /** True when the adapter is a software one. */
  readonly software: boolean;
  /** Milliseconds an update, fastest engine first; empty when there was no choice to make. */
  readonly timings: readonly EngineTiming[];
}

/** What to train, on what. */
export interface TrainRequest {
  readonly spec: CharacterSpec;
  readonly episodes: readonly Episode[];
  /** Missing values are the defaults. */
  readonly model?: Partial<ModelConfig>;
  readonly training?: Partial<TrainingConfig>;
  /** Start from these weights, statistics and shape instead of from random ones. */
  readonly start?: Checkpoint;
  /** Session that is still played; see `RunOptions.playing`. */
  readonly playing?: string;
  readonly engine?: EngineChoice;
}

/** A checkpoint on the wire. */
export interface SentCheckpoint extends Checkpoint {
  /** Number of its experts, which are absent when the worker holds them already. */
  readonly expertsId?: number;
}

/** A TrainRequest on the wire. */
export interface SentTrainRequest extends TrainRequest {
  readonly start?: SentCheckpoint;
  /** Numbers of the experts to hold on to. */
  readonly held?: readonly number[];
}

/** An error on the wire: comlink would lose the code. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
}

export type TrainReply =
  | {
      readonly ok: true;
      /** Without its experts where they are those that the run began with. */
      readonly checkpoint: Checkpoint;
      readonly cancelled: boolean;
      readonly engine: EngineReport;
    }
  | { readonly ok: false; readonly error: WireError };

/** Checkpoints to compare, and the steps to compare them on. */
export interface CompareRequest {
  readonly checkpoints: readonly SentCheckpoint[];
  /** Oldest first. */
  readonly episodes: readonly Episode[];
  /** Newest predictions that count; all of them when absent. */
  readonly scoredSteps?: number;
  /** Numbers of the experts to hold on to. */
  readonly held?: readonly number[];
}

export type CompareReply =
  | { readonly ok: true; readonly logLosses: readonly number[] }
  | { readonly ok: false; readonly error: WireError };

export type EngineReply =
  | { readonly ok: true; readonly engine: EngineReport }
  | { readonly ok: false; readonly error: WireError };

/** What a worker answers first. */
export interface ReadyReply {
  /** Of the package that the worker's file is from: all else on the wire may differ between versions. */
  readonly version: string;
  /** Whether the worker holds the Web Lock until it ends, however it ends: whoever gets it next knows. */
  readonly holdsLock: boolean;
}

/** What the worker offers through comlink. One run at a time; a second `train` waits for the first. */
export interface TrainerApi {
  /**
   * Answers as soon as the worker runs, and takes the Web Lock `lock` where it can; used to notice a worker
   * that cannot load, or is of another version.
   */
  ready(lock: string): Promise<ReadyReply>;
  /** Probes the engines without training. */
  engine(choice: EngineChoice): Promise<EngineReply>;
  train(
    request: SentTrainRequest,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<TrainReply>;
  /** Mean log-loss of each checkpoint, in nats; see `meanLogLoss`. */
  compare(request: CompareRequest): Promise<CompareReply>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run after the current batch; its best weights so far are its result. */
  cancel(): Promise<void>;
  /** Numbers for leak checks. */
  memory(): Promise<{ readonly tensors: number; readonly bytes: number }>;
}
