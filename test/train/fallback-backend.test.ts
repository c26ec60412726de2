import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/dataset/batch.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import type {
  BackendOptions,
  BatchEvaluation,
  BatchLosses,
  CreateBackend,
  EngineName,
} from '../../src/train/backend.ts';
import { withFallback } from '../../src/train/fallback-backend.ts';
import type { PerishableBackend } from '../../src/train/webgpu-backend.ts';
import { ForesightError } from '../../src/util/error.ts';

const NO_LOSSES = { loss: 0, action: 0, time: 0, values: 0, targets: 1 };

/** Counts batches in its only weight, and fails before batch `failAt`. */
class CountingBackend implements PerishableBackend {
  readonly engine: EngineName;
  disposed = false;
  readonly #failAt: number;
  readonly #error: Error;
  #count: number;

  constructor(engine: EngineName, { weights }: BackendOptions, failAt = Infinity, error?: Error) {
    this.engine = engine;
    this.#count = weights[0];
    this.#failAt = failAt;
    this.#error = error ?? new ForesightError('no-webgpu', 'The GPU is gone. Use the CPU.');
  }

  async step(): Promise<void> {
    if (this.#count >= this.#failAt) throw this.#error;
    this.#count += 1;
  }
  losses = async (): Promise<readonly BatchLosses[]> => [NO_LOSSES];
  async evaluate(): Promise<BatchEvaluation> {
    await this.step();
    return { ...NO_LOSSES, correct: 0 };
  }
  async weights(): Promise<Float32Array> {
    return this.lastWeights();
  }
  gradients = (): Promise<Float32Array> => this.weights();
  lastWeights(): Float32Array {
    return Float32Array.of(this.#count);
  }
  dispose(): void {
    this.disposed = true;
  }
}

const OPTIONS = {
  shape: {} as BackendOptions['shape'],
  training: TRAINING_DEFAULTS,
  weights: Float32Array.of(0),
};
const BATCH = {} as Batch;

/** A GPU that fails before batch `failAt`, with the CPU as fallback. */
async function fallback(failAt: number, error?: Error) {
  const made: CountingBackend[] = [];
  const reasons: string[] = [];
  const create = (engine: EngineName, at?: number) => async (options: BackendOptions) => {
    const backend = new CountingBackend(engine, options, at, error);
    made.push(backend);
    return backend;
  };
  const backend = await withFallback(create('webgpu', failAt), create('cpu'), ({ message }) =>
    reasons.push(message),
  )(OPTIONS);
  return { backend, made, reasons };
}

describe('withFallback', () => {
  it('keeps the first engine as long as it works', async () => {
    const { backend, made, reasons } = await fallback(Infinity);
    for (let i = 0; i < 5; i++) await backend.step(BATCH, 0.1);
    expect(backend.engine).toBe('webgpu');
    expect(made).toHaveLength(1);
    expect(reasons).toEqual([]);
  });

  it('continues on the second engine from the last weights, without losing a batch', async () => {
    const { backend, made, reasons } = await fallback(3);
    for (let i = 0; i < 5; i++) await backend.step(BATCH, 0.1);
    expect(backend.engine).toBe('cpu');
    expect([...(await backend.weights())]).toEqual([5]);
    expect(reasons).toEqual(['The GPU is gone. Use the CPU.']);
    expect(made.map(({ engine, disposed }) => [engine, disposed])).toEqual([
      ['webgpu', true],
      ['cpu', false],
    ]);
    backend.dispose();
    expect(made[1].disposed).toBe(true);
  });

  it('uses the second engine at once when the first cannot be created', async () => {
    const reasons: string[] = [];
    const refuse = async (): Promise<never> => {
      throw new ForesightError('no-webgpu', 'No adapter. Use the CPU.');
    };
    const cpu: CreateBackend = async (options) => new CountingBackend('cpu', options);
    const create = withFallback(refuse, cpu, ({ message }) => reasons.push(message));
    expect((await create(OPTIONS)).engine).toBe('cpu');
    expect(reasons).toEqual(['No adapter. Use the CPU.']);
  });

  it('passes other errors on', async () => {
    const { backend, made } = await fallback(0, new RangeError('a bug'));
    await expect(backend.step(BATCH, 0.1)).rejects.toThrow('a bug');
    expect(made).toHaveLength(1);
  });
});
