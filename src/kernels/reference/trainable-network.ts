import { networkGraph } from '../../network/graph.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { TrainableNetwork as Trainable } from '../../network/trainable-network.ts';
import type { TrainingEngine } from '../../network/trainable-network.ts';
import type { OptimizerConfig, UpdateRules } from '../../network/update-rules.ts';
import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import { ReferenceBatch } from './operations.ts';
import type { Matrix } from './matrix.ts';
import { adam, addPenalty, clipByNorm, sgd } from './optimizers.ts';
import { Weights } from './weights.ts';

export interface TrainableOptions<A extends FloatArray> {
  readonly shape: NetworkShape;
  readonly training: UpdateRules;
  /** Flat start weights; copied. All arithmetic has their precision. */
  readonly weights: A;
}

/** A network and its optimiser in plain TypeScript. */
export class TrainableNetwork<A extends FloatArray> extends Trainable<
  A,
  Matrix<A>,
  ReferenceEngine<A>
> {
  constructor({ shape, training, weights }: TrainableOptions<A>) {
    super(new ReferenceEngine(networkGraph(shape), weights), training);
  }
}

/** Weights, their gradient and the optimiser. */
export class ReferenceEngine<A extends FloatArray> implements TrainingEngine<A, Matrix<A>> {
  readonly graph: NetworkGraph;
  readonly operations: ReferenceBatch<A>;
  readonly #weights: Weights<A>;
  readonly #gradient: Weights<A>;
  /** Momentum or first moment, and second moment. */
  readonly #first: A;
  readonly #second: A;

  constructor(graph: NetworkGraph, weights: A) {
    this.graph = graph;
    this.#weights = new Weights(graph, weights);
    this.#gradient = new Weights(graph, weights);
    this.#weights.set(weights);
    this.#first = zerosLike(weights, this.#weights.data.length);
    this.#second = zerosLike(weights, this.#weights.data.length);
    this.operations = new ReferenceBatch(this.#weights, this.#gradient);
  }

  get weights(): A {
    return this.#weights.flat();
  }

  /** Copied. Throws RangeError for another number of weights. */
  set weights(flat: A) {
    this.#weights.set(flat);
  }

  get gradient(): A {
    return this.#gradient.flat();
  }

  addPenalty(l1: number, l2: number): number {
    const { data, layout } = this.#weights;
    return addPenalty(data, this.#gradient.data, { l1, l2, penalized: layout.penalized });
  }

  clip(limit: number): void {
    clipByNorm(this.#gradient.data, limit);
  }

  update(optimizer: OptimizerConfig, rate: number, updates: number): void {
    const { data: weights, layout } = this.#weights;
    const { data: gradient } = this.#gradient;
    const [first, second] = [this.#first, this.#second];
    if (optimizer.kind === 'sgd')
      sgd({ weights, gradient, velocity: first }, { ...optimizer, rate });
    else {
      const { penalized } = layout;
      adam({ weights, gradient, first, second }, { ...optimizer, rate, penalized, updates });
    }
  }
}
