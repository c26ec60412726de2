import type { Batch } from '../dataset/batch.ts';
import { ForesightError } from '../util/error.ts';
import type { BackendOptions, CreateBackend, TrainingBackend } from './backend.ts';
import type { PerishableBackend } from './webgpu-backend.ts';

/**
 * Creates backends that train on `primary` until it fails with `no-webgpu`. They continue from its last
 * weights on `fallback`, where the optimiser's memory starts empty.
 *
 * @param onFallback called once, with the error, before the first batch on the fallback
 */
export function withFallback(
  primary: (options: BackendOptions) => Promise<PerishableBackend>,
  fallback: CreateBackend,
  onFallback: (error: ForesightError) => void,
): CreateBackend {
  return async (options) => {
    try {
      return new FallbackBackend(await primary(options), { options, fallback, onFallback });
    } catch (error) {
      if (!isLoss(error)) throw error;
      onFallback(error);
      return fallback(options);
    }
  };
}

interface Plan {
  readonly options: BackendOptions;
  readonly fallback: CreateBackend;
  readonly onFallback: (error: ForesightError) => void;
}

class FallbackBackend implements TrainingBackend {
  readonly #plan: Plan;
  /** Null once it has failed. */
  #primary: PerishableBackend | null;
  #current: TrainingBackend;

  constructor(primary: PerishableBackend, plan: Plan) {
    this.#primary = primary;
    this.#current = primary;
    this.#plan = plan;
  }

  get engine() {
    return this.#current.engine;
  }

  step(batch: Batch, learningRate: number) {
    return this.#run((backend) => backend.step(batch, learningRate));
  }

  losses() {
    return this.#run((backend) => backend.losses());
  }

  evaluate(batch: Batch) {
    return this.#run((backend) => backend.evaluate(batch));
  }

  weights() {
    return this.#run((backend) => backend.weights());
  }

  gradients(batch: Batch) {
    return this.#run((backend) => backend.gradients(batch));
  }

  dispose(): void {
    this.#current.dispose();
  }

  async #run<T>(work: (backend: TrainingBackend) => Promise<T>): Promise<T> {
    try {
      return await work(this.#current);
    } catch (error) {
      if (!this.#primary || !isLoss(error)) throw error;
      const { options, fallback, onFallback } = this.#plan;
      const weights = this.#primary.lastWeights();
      this.#primary.dispose();
      this.#primary = null;
      onFallback(error);
      this.#current = await fallback({ ...options, weights });
      return work(this.#current);
    }
  }
}

const isLoss = (error: unknown): error is ForesightError =>
  error instanceof ForesightError && error.code === 'no-webgpu';
