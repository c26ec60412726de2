import type { Batch } from '../dataset/batch.ts';
import type { BatchMemory } from '../dataset/windows.ts';
import type { TrainingConfig } from '../model/config.ts';
import type { NetworkShape } from '../network/shape.ts';

/** Fused GPU programs, SIMD kernels in WebAssembly, or plain TypeScript. */
export type EngineName = 'webgpu' | 'wasm' | 'cpu';

/** Mean losses over the targets of a batch, in nats (actions, time) or squared deviations (values). */
export interface BatchLosses {
  /** Weighted sum of the three, plus the L1 and L2 penalties when training. */
  readonly loss: number;
  readonly action: number;
  readonly time: number;
  readonly values: number;
  /** Number of targets: the sum of the mask. Weight batches by it when averaging. */
  readonly targets: number;
}

export interface BatchEvaluation extends BatchLosses {
  /** Targets whose most probable action was right. */
  readonly correct: number;
}

export interface BackendOptions {
  readonly shape: NetworkShape;
  /** A backend reads only optimizer, l1, l2, dropout, clipNorm, lossWeights and seed. */
  readonly training: TrainingConfig;
  /** Flat start weights, in the order of `parameterLayout(shape)`; copied. */
  readonly weights: Float32Array;
}

/** Trains one network on one engine. Holds the optimiser's state. */
export interface TrainingBackend {
  readonly engine: EngineName;
  /** Where the batch that is given to `step` next is best made, if anywhere: it is then not copied. */
  readonly batchMemory?: BatchMemory;
  /**
   * Starts one weight update at once. Resolves when the next one may be given; on a GPU that is before
   * this one is done.
   */
  step(batch: Batch, learningRate: number): Promise<void>;
  /**
   * Losses of the updates since the last call, in order, each from before its update. Waits until the
   * updates are done, so call it once for many. Updates that a lost GPU undid are left out.
   */
  losses(): Promise<readonly BatchLosses[]>;
  /** Losses without dropout, penalties and update. */
  evaluate(batch: Batch): Promise<BatchEvaluation>;
  /** A copy of the flat weights. */
  weights(): Promise<Float32Array>;
  /** Gradient of the loss (dropout off, before clipping) at the current weights, flat. For checks. */
  gradients(batch: Batch): Promise<Float32Array>;
  /** Frees tensors and buffers; the backend is unusable afterwards. */
  dispose(): void;
}

export type CreateBackend = (options: BackendOptions) => Promise<TrainingBackend>;
