import { networkGraph } from '../../network/graph.ts';
import { TrainableNetwork as Trainable } from '../../network/trainable-network.ts';
import type { TrainableOptions, TrainingEngine } from '../../network/trainable-network.ts';
import type { OptimizerConfig } from '../../network/update-rules.ts';
import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import { ReferenceBatch } from './operations.ts';
import type { Matrix } from './matrix.ts';
import { adam, addPenalty, clipByNorm, sgd } from './optimizers.ts';

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
export class ReferenceEngine<A extends FloatArray>
  extends ReferenceBatch<A>
  implements TrainingEngine<A, Matrix<A>>
{
  /** Momentum or first moment, and second moment. */
  readonly #first = zerosLike(this.parameters.data, this.parameters.data.length);
  readonly #second = zerosLike(this.parameters.data, this.parameters.data.length);

  get weights(): A {
    return this.parameters.flat();
  }

  set weights(flat: A) {
    this.parameters.set(flat);
  }

  get gradient(): A {
    return this.gradients.flat();
  }

  addPenalty(l1: number, l2: number): number {
    const { data, layout } = this.parameters;
    return addPenalty(data, this.gradients.data, { l1, l2, penalized: layout.penalized });
  }

  clip(limit: number): void {
    clipByNorm(this.gradients.data, limit);
  }

  update(optimizer: OptimizerConfig, rate: number, updates: number): void {
    const { data: weights, layout } = this.parameters;
    const { data: gradient } = this.gradients;
    const [first, second] = [this.#first, this.#second];
    if (optimizer.kind === 'sgd')
      sgd({ weights, gradient, velocity: first }, { ...optimizer, rate });
    else {
      const { penalized } = layout;
      adam({ weights, gradient, first, second }, { ...optimizer, rate, penalized, updates });
    }
  }
}
