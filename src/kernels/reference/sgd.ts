import type { FloatArray } from '../../util/math.ts';

export interface SgdOptions {
  readonly rate: number;
  readonly momentum: number;
}

/** Stochastic gradient descent with momentum, as in torch.optim.SGD: v = momentum v + g, w -= rate v. */
export class Sgd<A extends FloatArray> {
  readonly #velocity: A;

  /** @param velocity zeros, as many as weights; not copied but changed in place */
  constructor(velocity: A) {
    this.#velocity = velocity;
  }

  update(weights: A, gradient: A, { rate, momentum }: SgdOptions): void {
    const velocity = this.#velocity;
    for (let i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      weights[i] -= rate * velocity[i];
    }
  }
}
