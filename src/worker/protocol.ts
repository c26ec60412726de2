import type { Checkpoint } from '../model/checkpoint.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { ModelConfig, TrainingConfig } from '../model/config.ts';
import type { OnlineOptions } from '../model/online-options.ts';
import type { Episode, Step } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { EngineName } from '../train/backend.ts';
import type { OnlineFigures } from '../train/online-learner.ts';
import type { TrainingProgress } from '../train/progress.ts';
import type { EngineTiming } from '../train/time-backend.ts';
import type { ErrorCode } from '../util/error.ts';
import type { FileContent } from '../util/file-content.ts';

/**
 * Which engine to use: `auto` takes the faster of wasm and hardware WebGPU, if they pass their checks,
 * and plain TypeScript (`cpu`) where neither runs.
 */
export type EngineChoice = EngineName | 'auto';

/** The engine that a worker chose, and why. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly reason: string;
  /** The adapter's own description; empty without WebGPU. */
  readonly adapter: string;
  /** True when the adapter is a software one. */
  readonly software: boolean;
  /** Milliseconds for each update, fastest engine first; empty when there was no choice to make. */
  readonly timings: readonly EngineTiming[];
}

/** What to train, and on which episodes. */
export interface TrainRequest {
  readonly spec: CharacterSpec;
  readonly episodes: readonly Episode[];
  /** Missing values are the defaults. */
  readonly model?: Partial<ModelConfig>;
  readonly training?: Partial<TrainingConfig>;
  /** Weights, statistics and shape to start from, instead of random weights. */
  readonly start?: Checkpoint;
  /** Session that is still in play; see `RunOptions.playing`. */
  readonly playing?: string;
  readonly engine?: EngineChoice;
}

/** A checkpoint on the wire. */
export interface SentCheckpoint extends Checkpoint {
  /** Number of its experts, which are absent when the worker already holds them. */
  readonly expertsId?: number;
}

/** A TrainRequest on the wire. */
export interface SentTrainRequest extends TrainRequest {
  readonly start?: SentCheckpoint;
  /** Numbers of the experts to hold on to. */
  readonly held?: readonly number[];
}

/** What can be done to a run: each takes effect after the current batch. */
export type RunCommand = 'pause' | 'resume' | 'cancel';

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

/** A model that learns while it is played; see `OnlineLearner`. */
export interface LearnRequest {
  readonly checkpoint: Checkpoint;
  /** Older sessions, which are mixed in against forgetting. */
  readonly replay: readonly Episode[];
  readonly options?: OnlineOptions;
  readonly engine?: EngineChoice;
}

/** A LearnRequest on the wire. */
export interface SentLearnRequest extends LearnRequest {
  /** Names it in later calls. */
  readonly id: number;
  readonly checkpoint: SentCheckpoint;
  /** Numbers of the experts to hold on to. */
  readonly held?: readonly number[];
}

/** What a character did. The votes are those of its experts at the step, null without experts. */
export type PlayEvent =
  | {
      readonly kind: 'step';
      readonly character: string;
      readonly step: Step;
      readonly votes: ExpertVotes | null;
    }
  | { readonly kind: 'end'; readonly character: string };

/** How learning from play goes. */
export interface LearningFigures extends OnlineFigures {
  readonly engine: EngineReport;
}

/** What was learned from play so far. */
export interface LearnedWeights extends LearningFigures {
  /** To predict with, flat. */
  readonly weights: Float32Array;
}

export type ObserveReply =
  /** Null when no update was due. */
  | { readonly ok: true; readonly learned: LearnedWeights | null }
  | { readonly ok: false; readonly error: WireError };

/** Checkpoints to compare, and the steps to compare them on. */
export interface CompareRequest {
  readonly checkpoints: readonly SentCheckpoint[];
  /** Oldest first. */
  readonly episodes: readonly Episode[];
  /** Numbers of the experts to hold on to. */
  readonly held?: readonly number[];
}

export type CompareReply =
  | { readonly ok: true; readonly logLosses: readonly number[] }
  | { readonly ok: false; readonly error: WireError };

export type EngineReply =
  | { readonly ok: true; readonly engine: EngineReport }
  | { readonly ok: false; readonly error: WireError };

export type ReadEpisodesReply =
  | { readonly ok: true; readonly spec: CharacterSpec }
  | { readonly ok: false; readonly error: WireError };

/** Some of the episodes of a file. */
export interface EpisodeBatch {
  readonly episodes: readonly Episode[];
  /** Share of the file's episodes that have been taken with this batch, 1 for the last one. */
  readonly done: number;
}

export type ReadCheckpointReply =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly error: WireError };

/** What a page gives its worker at the start. */
export interface ReadyRequest {
  /** Name of the Web Lock to hold until the worker ends; none where the page sees the end by other means. */
  readonly lock?: string;
  /** Addresses of foresight.webgpu.js and foresight.reader.js as far as the page knows them; they may be missing there. */
  readonly urls?: { readonly [part in WorkerPart]?: string };
}

/** A part of the worker that has a file of its own: the kernels for WebGPU, and what reads files. */
export type WorkerPart = 'webgpu' | 'reader';

/** Gives the text of such a file, for a worker that cannot load the file. */
export type PartSource = (part: WorkerPart) => Promise<string>;

/** A worker's first answer. */
export interface ReadyReply {
  /** Version of the package that the worker's file is from. Everything else on the wire may differ between versions. */
  readonly version: string;
  /** Whether the worker holds the Web Lock until it ends: the page then gets the lock, however the worker ended. */
  readonly holdsLock: boolean;
}

/** The worker's functions, called through comlink. One run at a time; a second `train` waits for the first. */
export interface TrainerApi {
  /**
   * Answers as soon as the worker runs, and takes the Web Lock if it can. Serves to notice a worker that
   * cannot load, dies or is of another version. The source is asked for only when the part is needed.
   */
  ready(request: ReadyRequest, source?: PartSource): Promise<ReadyReply>;
  /** Probes the engines without training. */
  engine(choice: EngineChoice): Promise<EngineReply>;
  /** Reports progress, and null from time to time while it works, or is paused, without any. */
  train(
    request: SentTrainRequest,
    onProgress: (progress: TrainingProgress | null) => void,
  ): Promise<TrainReply>;
  /** Begins to learn from play. */
  learn(request: SentLearnRequest): Promise<EngineReply>;
  /**
   * Learns from what characters did, in the order in which they did it; one call at a time for each `id`.
   * Where more updates are due than it can keep up with, it makes those on the newest steps.
   */
  observe(id: number, events: readonly PlayEvent[]): Promise<ObserveReply>;
  /** Frees what learning needs; see `learn`. */
  stopLearning(id: number): Promise<void>;
  /** Mean log-loss of each checkpoint, in nats; see `meanLogLoss`. */
  compare(request: CompareRequest, onProgress: () => void): Promise<CompareReply>;
  /**
   * Reads a file of episodes, see `readEpisodes`; `takeEpisodes` then gives them.
   *
   * @param name names the file in errors
   * @param onProgress receives the share that is read, in (0, 1]
   */
  readEpisodes(
    file: FileContent,
    name: string,
    onProgress: (done: number) => void,
  ): Promise<ReadEpisodesReply>;
  /** The next episodes of the file that was read last. */
  takeEpisodes(): Promise<EpisodeBatch>;
  /** Reads a file of a model, see `parseCheckpoint`. */
  readCheckpoint(file: FileContent, name: string): Promise<ReadCheckpointReply>;
  /** Acts on the run in progress. After `cancel` its result is the best weights so far. */
  control(command: RunCommand): Promise<void>;
  /** Numbers for leak checks. */
  memory(): Promise<{ readonly tensors: number; readonly bytes: number }>;
}
