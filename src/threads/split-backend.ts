import type { Batch } from '../dataset/batch.ts';
import type { BatchMemory } from '../dataset/windows.ts';
import type { NetworkLosses } from '../network/losses.ts';
import { countTargets } from '../network/packing.ts';
import type {
  BackendOptions,
  BatchEvaluation,
  BatchLosses,
  CreateBackend,
  TrainingBackend,
} from '../train/backend.ts';
import { chooseLocalEngine } from '../train/local-engine.ts';
import type { LocalEngineChoice } from '../train/local-engine.ts';
import { ForesightError } from '../util/error.ts';
import { SharedParts } from './shared-parts.ts';
import type { ThreadClient } from './thread-client.ts';
import type { ThreadPool } from './thread-pool.ts';
import { connectionOf } from './training-part.ts';
import type { PartLosses } from './training-part.ts';

/** Work, in weights times steps, below which starting threads takes longer than they save: about a second. */
const LEAST_WORK = 3e9;

/** Whether there is enough to compute for threads: `steps` uses of all weights. */
export const isWorthThreads = (weights: number, steps: number): boolean =>
  weights * steps >= LEAST_WORK;

export interface SplitOptions {
  readonly pool: ThreadPool;
  /** Steps to train on in each epoch. */
  readonly steps: number;
}

/**
 * Backends of the engine of that name; see `chooseLocalEngine`. Where it is wasm and there is enough to do,
 * they train on as many threads as the pool has, up to one for each window of a batch.
 */
export function splitBackends(
  choice: LocalEngineChoice,
  { pool, steps }: SplitOptions,
): CreateBackend {
  return async (options) => {
    const { shape, training, weights } = options;
    const local = await chooseLocalEngine(choice, shape);
    const parts = Math.min(pool.size, training.batchSize);
    const isSplit =
      local.engine === 'wasm' &&
      parts > 1 &&
      isWorthThreads(weights.length, steps * training.epochs);
    return isSplit ? SplitBackend.open(options, { pool, parts }) : local.createBackend(options);
  };
}

/**
 * Trains on several threads: each takes some windows of every batch. Meanwhile the calling thread prepares
 * the next batch. The same seed and number of threads give the same weights on the same machine; another
 * number of threads drops other units, and adds in another order.
 */
export class SplitBackend implements TrainingBackend {
  readonly engine = 'wasm';
  readonly #pool: ThreadPool;
  /** Empty once disposed. */
  #threads: readonly ThreadClient[];
  /** Windows of the update in progress, of the next one, and of the batch that is made meanwhile. */
  readonly #shared: readonly SharedParts[];
  readonly #losses: Promise<BatchLosses>[] = [];
  #update = 0;

  private constructor(pool: ThreadPool, threads: readonly ThreadClient[]) {
    this.#pool = pool;
    this.#threads = threads;
    this.#shared = [0, 1, 2].map(() => new SharedParts(threads.length));
  }

  /** Takes `parts` threads until it is disposed. Throws `no-wasm` where wasm does not run. */
  static async open(
    options: BackendOptions,
    { pool, parts }: { readonly pool: ThreadPool; readonly parts: number },
  ): Promise<SplitBackend> {
    const threads = await Promise.all(Array.from({ length: parts }, () => pool.take()));
    const [length] = await Promise.all(
      threads.map((thread, index) => thread.call('openPart', { ...options, index })),
    );
    const connection = connectionOf(length, parts);
    await Promise.all(threads.map((thread) => thread.call('connectPart', connection)));
    return new SplitBackend(pool, threads);
  }

  readonly batchMemory: BatchMemory = (name, bytes) =>
    this.#shared[(this.#update + 1) % 3].take(name, bytes);

  async step(batch: Batch, rate: number): Promise<void> {
    const threads = this.#open();
    // The memory for the batch after this one is free once the update before the last one is done.
    await this.#losses.at(-2);
    const update = ++this.#update;
    const parts = this.#shared[update % 3].split(batch);
    const targets = countTargets(batch);
    const done = threads.map((thread, index) =>
      thread.call('step', {
        update,
        batch: parts[index] ?? null,
        used: parts.length,
        targets,
        rate,
      }),
    );
    const losses = Promise.all(done).then(sumOf);
    // It is awaited later, or never when the run is cancelled.
    losses.catch(() => {});
    this.#losses.push(losses);
  }

  async losses(): Promise<readonly BatchLosses[]> {
    this.#open();
    return Promise.all(this.#losses.splice(0));
  }

  async evaluate(batch: Batch): Promise<BatchEvaluation> {
    const threads = this.#open();
    const parts = new SharedParts(threads.length).split(batch);
    const targets = countTargets(batch);
    const found = await Promise.all(
      parts.map(async (part, index) =>
        shareOf(await threads[index].call('evaluate', part), targets),
      ),
    );
    return { ...sumOf(found), correct: found.reduce((sum, { correct }) => sum + correct, 0) };
  }

  async weights(): Promise<Float32Array> {
    return this.#open()[0].call('weights', undefined);
  }

  async gradients(batch: Batch): Promise<Float32Array> {
    return this.#open()[0].call('gradients', batch);
  }

  dispose(): void {
    for (const thread of this.#threads) {
      thread.call('closePart', undefined).catch(() => {});
      this.#pool.giveBack(thread);
    }
    this.#threads = [];
  }

  #open(): readonly ThreadClient[] {
    if (this.#threads.length) return this.#threads;
    throw new ForesightError('not-ready', 'This training backend is disposed. Create a new one.');
  }
}

/** Means over a part's own targets as its share of means over all targets. */
function shareOf(losses: NetworkLosses, targets: number): PartLosses {
  const share = losses.targets / (targets || 1);
  return {
    ...losses,
    loss: share * losses.loss,
    action: share * losses.action,
    time: share * losses.time,
    values: share * losses.values,
    penalty: 0,
  };
}

/** Losses of a batch from those of its parts. */
function sumOf(parts: readonly (PartLosses | null)[]): BatchLosses {
  const sum = { loss: 0, action: 0, time: 0, values: 0, targets: 0 };
  for (const part of parts)
    if (part) {
      sum.loss += part.loss;
      sum.action += part.action;
      sum.time += part.time;
      sum.values += part.values;
      sum.targets += part.targets;
    }
  return { ...sum, loss: sum.loss + (parts[0]?.penalty ?? 0) };
}
