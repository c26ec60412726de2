import type { FloatArray } from '../util/math.ts';
import { BatchPass } from './batch-pass.ts';
import type { PassOptions } from './batch-pass.ts';
import { DropoutFactors } from './dropout-factors.ts';
import { joinLosses } from './losses.ts';
import type { NetworkLosses } from './losses.ts';
import type { BatchOperations } from './operations.ts';
import { countTargets } from './packing.ts';
import type { WindowBatch } from './packing.ts';
import type { NetworkShape } from './shape.ts';
import type { OptimizerConfig, UpdateRules } from './update-rules.ts';

export interface TrainableOptions<A extends FloatArray> {
  readonly shape: NetworkShape;
  readonly training: UpdateRules;
  /** Flat start weights; copied. All arithmetic has their precision. */
  readonly weights: A;
}

/** An engine on the calling thread, with its weights, their gradient and its optimiser's memory. */
export interface TrainingEngine<A extends FloatArray, M> extends BatchOperations<M, NetworkLosses> {
  /** Copies, flat in the order of the graph's parameters. Throws RangeError for another number of weights. */
  weights: A;
  readonly gradient: A;
  /** Adds the gradient of the penalties to the gradient, and returns the penalties; 0 without any. */
  addPenalty(l1: number, l2: number): number;
  /** Scales the gradient down to the norm `limit` when it is longer (Pascanu et al. 2013). */
  clip(limit: number): void;
  /** Changes the weights by the gradient. `updates` counts this one. */
  update(optimizer: OptimizerConfig, rate: number, updates: number): void;
}

/** See `PassOptions`. */
export type AccumulateOptions = Pick<PassOptions, 'dropout' | 'targets'>;

/** A network and its optimiser on one engine. */
export class TrainableNetwork<
  A extends FloatArray,
  M = unknown,
  E extends TrainingEngine<A, M> = TrainingEngine<A, M>,
> {
  readonly engine: E;
  readonly #rules: UpdateRules;
  readonly #pass: BatchPass<M, NetworkLosses>;
  readonly #dropout: DropoutFactors;
  #updates = 0;

  constructor(engine: E, rules: UpdateRules) {
    this.engine = engine;
    this.#rules = rules;
    this.#pass = new BatchPass(engine);
    this.#dropout = new DropoutFactors(engine.graph, { rate: rules.dropout, seed: rules.seed });
  }

  /** A copy of the flat weights. */
  get weights(): A {
    return this.engine.weights;
  }

  /** Copied; what the optimiser remembers stays. */
  set weights(flat: A) {
    this.engine.weights = flat;
  }

  /** Makes one weight update and returns the losses before it; `loss` includes the penalties. */
  step(batch: WindowBatch, rate: number): NetworkLosses {
    const losses = this.accumulate(batch);
    return { ...losses, loss: losses.loss + this.update(rate) };
  }

  /**
   * Replaces the gradient by that of the loss of a batch, with dropout and without penalties, and returns the
   * losses. With `targets`, those of a larger batch, it is a part: what its parts give adds up to what the whole
   * gives, but for the number of targets in the losses, which is each part's own.
   */
  accumulate(batch: WindowBatch, { targets, dropout }: AccumulateOptions = {}): NetworkLosses {
    const { lossWeights } = this.#rules;
    const losses = this.#pass
      .run(batch, {
        lossWeights,
        targets,
        dropout: dropout ?? this.#dropout.draw(batch.batchSize * batch.windowLength),
        backward: true,
      })
      .reduce(joinLosses);
    return { ...losses, targets: countTargets(batch) };
  }

  /** Changes the weights by the gradient, penalties and clipping included; returns the penalties. */
  update(rate: number): number {
    const { l1, l2, clipNorm, optimizer } = this.#rules;
    const penalty = this.engine.addPenalty(l1, l2);
    if (clipNorm) this.engine.clip(clipNorm);
    this.engine.update(optimizer, rate, ++this.#updates);
    return penalty;
  }

  /** Losses of the predictions, the mean of all branches, without the unaided head, dropout and penalties. */
  evaluate(batch: WindowBatch): NetworkLosses {
    return this.#pass.evaluate(batch, this.#rules.lossWeights);
  }

  /** A copy of the gradient of the loss with its penalties, without dropout and clipping; flat. */
  gradients(batch: WindowBatch): A {
    const { l1, l2 } = this.#rules;
    this.accumulate(batch, { dropout: [] });
    this.engine.addPenalty(l1, l2);
    return this.engine.gradient;
  }
}
