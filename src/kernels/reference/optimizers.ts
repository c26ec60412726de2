import type { AdamConfig, SgdConfig } from '../../network/update-rules.ts';
import type { FloatArray } from '../../util/math.ts';

/** 1 where penalties and weight decay act, for each weight. */
type Penalized = ArrayLike<number>;

/**
 * Returns the penalty l1 * sum|w| + l2 * sum w^2 / 2 over the penalized weights and adds its gradient to
 * `gradient`. That of l1 is 0 where a weight is 0.
 */
export function addPenalty(
  weights: FloatArray,
  gradient: FloatArray,
  { l1, l2, penalized }: { l1: number; l2: number; penalized: Penalized },
): number {
  if (!l1 && !l2) return 0;
  let absolute = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!penalized[i]) continue;
    const weight = weights[i];
    absolute += Math.abs(weight);
    squares += weight * weight;
    gradient[i] += l1 * Math.sign(weight) + l2 * weight;
  }
  return l1 * absolute + (l2 / 2) * squares;
}

/** Scales a gradient down to the norm `limit` when it is longer (Pascanu et al. 2013); 0 = no limit. */
export function clipByNorm(gradient: FloatArray, limit: number): void {
  if (!limit) return;
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
  const norm = Math.sqrt(squares);
  if (!(norm > limit)) return;
  const factor = limit / norm;
  for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
}

/**
 * Stochastic gradient descent with momentum, as in torch.optim.SGD: v = momentum v + g, w -= rate v.
 *
 * @param velocity zeros at first, as many as weights; changed in place
 */
export function sgd<A extends FloatArray>(
  { weights, gradient, velocity }: Record<'weights' | 'gradient' | 'velocity', A>,
  { rate, momentum }: { rate: number } & Pick<SgdConfig, 'momentum'>,
): void {
  for (let i = 0; i < weights.length; i++) {
    velocity[i] = momentum * velocity[i] + gradient[i];
    weights[i] -= rate * velocity[i];
  }
}

export interface AdamOptions extends Omit<AdamConfig, 'kind'> {
  readonly rate: number;
  readonly penalized: Penalized;
  /** Updates so far, this one included. */
  readonly updates: number;
}

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), as in
 * torch.optim.AdamW: epsilon is added after the bias correction, and decay is w -= rate * decay * w.
 *
 * @param first, second zeros at first, as many as weights; changed in place
 */
export function adam<A extends FloatArray>(
  { weights, gradient, first, second }: Record<'weights' | 'gradient' | 'first' | 'second', A>,
  { rate, beta1, beta2, epsilon, weightDecay, penalized, updates }: AdamOptions,
): void {
  const stride = rate / (1 - beta1 ** updates);
  const correction = 1 / (1 - beta2 ** updates);
  for (let i = 0; i < weights.length; i++) {
    const slope = gradient[i];
    first[i] = beta1 * first[i] + (1 - beta1) * slope;
    second[i] = beta2 * second[i] + (1 - beta2) * slope * slope;
    if (penalized[i]) weights[i] -= rate * weightDecay * weights[i];
    weights[i] -= (stride * first[i]) / (Math.sqrt(second[i] * correction) + epsilon);
  }
}
