import type { Parameter } from '../../network/graph.ts';
import type { FloatArray } from '../../util/math.ts';

export interface AdamOptions {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Only those of kind `weight` decay. */
  readonly parameters: readonly Parameter[];
}

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), as in
 * torch.optim.AdamW: epsilon is added after the bias correction, and decay is w -= rate * decay * w.
 */
export class Adam<A extends FloatArray> {
  readonly #first: A;
  readonly #second: A;
  #updates = 0;

  /** @param first, second zeros, as many as weights; not copied but changed in place */
  constructor(first: A, second: A) {
    this.#first = first;
    this.#second = second;
  }

  update(weights: A, gradient: A, options: AdamOptions): void {
    const { rate, beta1, beta2, epsilon, weightDecay } = options;
    const first = this.#first;
    const second = this.#second;
    this.#updates++;
    if (weightDecay)
      for (const { kind, offset, length } of options.parameters)
        if (kind === 'weight')
          for (let i = offset; i < offset + length; i++)
            weights[i] -= rate * weightDecay * weights[i];
    const stride = rate / (1 - beta1 ** this.#updates);
    const correction = 1 / (1 - beta2 ** this.#updates);
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i];
      first[i] = beta1 * first[i] + (1 - beta1) * slope;
      second[i] = beta2 * second[i] + (1 - beta2) * slope * slope;
      weights[i] -= (stride * first[i]) / (Math.sqrt(second[i] * correction) + epsilon);
    }
  }
}
