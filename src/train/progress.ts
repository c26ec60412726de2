import type { EngineName } from './backend.ts';

/** A progress report of a training run: at most ten a second within an epoch, and one at its end. */
export interface TrainingProgress {
  /** From 1 to `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** From 1 to `batches`, within the epoch. */
  readonly batch: number;
  readonly batches: number;
  /** Mean training loss of the epoch so far. */
  readonly loss: number;
  readonly learningRate: number;
  /** True for the last report of an epoch, which carries the held-out figures if there are any. */
  readonly epochEnd: boolean;
  /** Held-out loss, next-action log-loss (nats) and accuracy in [0, 1]; the last two only where actions are learned. */
  readonly heldOutLoss?: number;
  readonly heldOutLogLoss?: number;
  readonly heldOutTop1?: number;
  readonly secondsElapsed: number;
  /** Estimated from the pace so far. */
  readonly secondsLeft: number;
  readonly engine: EngineName;
}
