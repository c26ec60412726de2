import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { TrainingProgress } from '../../src/train/progress.ts';
import type { EngineReport, LearningFigures } from '../../src/worker/protocol.ts';

/** How one training run ended. */
export interface TrainedResult {
  /** Key of the model that was trained. */
  readonly key: string;
  /** What the run produced, even if the model did not take it over. */
  readonly checkpoint: Checkpoint;
  /** True when the model now predicts with the new weights. */
  readonly swapped: boolean;
  /** True when the run was cancelled: the old weights stay. */
  readonly cancelled: boolean;
  /** The engine that trained. */
  readonly engine: EngineReport;
  /** Next-action log-loss (nats) of the old weights on the steps both were compared on; NaN when they were not compared: there were no old ones, or a learner asked for the training. */
  readonly before: number;
  /** The same of the new weights; NaN also when the run was cancelled. */
  readonly after: number;
}

/** Where an error came from. */
export type ErrorSource =
  'record' | 'train' | 'learn' | 'load' | 'worker' | 'control' | 'panel' | 'overlay';

/** Names and payloads of everything `foresight.events` emits. */
export interface ForesightEvents {
  /** Progress of a running training. */
  readonly progress: {
    readonly key: string;
    readonly progress: TrainingProgress;
  };
  /** A training run ended without an error. */
  readonly trained: TrainedResult;
  /** A model learned from play: it gets the new weights over the next frames. */
  readonly learned: { readonly key: string } & LearningFigures;
  /** A model was added, got other weights than those it learns from play, or lost them (`checkpoint` null). */
  readonly model: { readonly key: string; readonly checkpoint: Checkpoint | null };
  /** A model recalled a character from `steps` steps that were recorded of it before. */
  readonly recalled: { readonly key: string; readonly character: string; readonly steps: number };
  /** Something failed; the game continues. */
  readonly error: { readonly error: Error; readonly source: ErrorSource; readonly key?: string };
  /** Recordings could not be stored; they stay in memory. */
  readonly 'storage-error': { readonly error: Error };
  /** Something is not as requested but works, for example memory in place of IndexedDB. */
  readonly warning: { readonly message: string; readonly error?: Error };
  /** The recorded episodes changed: one ended, was undone, marked, imported, or all were cleared. */
  readonly recordings: Readonly<Record<string, never>>;
  /** A training run began its work, or ended, however it ended. */
  readonly activity: { readonly key: string; readonly state: 'training' | 'idle' };
  /** The game ended; no event follows. */
  readonly destroyed: Readonly<Record<string, never>>;
}

/** Phaser's emitter with the payload of each event typed. */
export interface TypedEmitter<Events> {
  on<K extends keyof Events & string>(
    event: K,
    listener: (payload: Events[K]) => void,
    context?: unknown,
  ): this;
  once<K extends keyof Events & string>(
    event: K,
    listener: (payload: Events[K]) => void,
    context?: unknown,
  ): this;
  off<K extends keyof Events & string>(
    event: K,
    listener?: (payload: Events[K]) => void,
    context?: unknown,
  ): this;
  emit<K extends keyof Events & string>(event: K, payload: Events[K]): boolean;
  listenerCount(event: keyof Events & string): number;
  removeAllListeners(): this;
}
