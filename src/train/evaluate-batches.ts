import type { Batch } from '../dataset/batch.ts';
import type { BatchLosses, TrainingBackend } from './backend.ts';

/** Mean figures over many batches. */
export interface HeldOutFigures {
  /** Weighted sum of the heads' losses, without penalties. */
  readonly loss: number;
  /** Log-loss of the next action in nats, and its accuracy in [0, 1]. */
  readonly logLoss: number;
  readonly top1: number;
}

/** Mean loss over batches, each weighted by its targets. */
export class MeanLoss {
  #sum = 0;
  #targets = 0;

  add({ loss, targets }: Pick<BatchLosses, 'loss' | 'targets'>): void {
    this.#sum += loss * targets;
    this.#targets += targets;
  }

  /** NaN before the first target. */
  get value(): number {
    return this.#sum / this.#targets;
  }
}

/**
 * Figures over all batches at the backend's present weights.
 *
 * @param mayContinue called before each batch; null is returned as soon as it resolves to false
 */
export async function evaluateBatches(
  backend: TrainingBackend,
  batches: Iterable<Batch>,
  mayContinue: () => Promise<boolean>,
): Promise<HeldOutFigures | null> {
  const loss = new MeanLoss();
  const logLoss = new MeanLoss();
  let [correct, all] = [0, 0];
  for (const batch of batches) {
    if (!(await mayContinue())) return null;
    const result = await backend.evaluate(batch);
    loss.add(result);
    logLoss.add({ loss: result.action, targets: result.targets });
    correct += result.correct;
    all += result.targets;
  }
  return { loss: loss.value, logLoss: logLoss.value, top1: correct / all };
}
