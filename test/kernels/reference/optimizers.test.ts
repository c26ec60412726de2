import { describe, expect, it } from 'vitest';
import { adam, addPenalty, clipByNorm, sgd } from '../../../src/kernels/reference/optimizers.ts';
import { numericGradient } from './numeric.ts';

/** Two weights and a bias, the bias in the middle. */
const PENALIZED = [1, 0, 1];
const three = (...values: number[]): Float64Array => Float64Array.from(values);

function expectVector(found: Float64Array, expected: readonly number[]): void {
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
}

describe('sgd', () => {
  it('adds to its velocity: v = momentum v + g, w -= rate v', () => {
    const [weights, velocity] = [three(1, 2, 3), three(0, 0, 0)];
    sgd({ weights, velocity, gradient: three(1, -1, 0) }, { rate: 0.1, momentum: 0.5 });
    expectVector(weights, [0.9, 2.1, 3]);
    // v = 0.5 * (1, -1, 0) + (1, 1, 2) = (1.5, 0.5, 2), now at another rate.
    sgd({ weights, velocity, gradient: three(1, 1, 2) }, { rate: 0.2, momentum: 0.5 });
    expectVector(weights, [0.6, 2, 2.6]);
  });
});

describe('adam', () => {
  const options = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3, penalized: PENALIZED };

  it('moves by about the rate at first, whatever the size of the gradient', () => {
    const moments = { first: three(0, 0, 0), second: three(0, 0, 0) };
    const weights = three(1, 1, 1);
    adam(
      { weights, gradient: three(5, -0.2, 0), ...moments },
      { ...options, weightDecay: 0, updates: 1 },
    );
    // The corrected moments are g and g^2.
    expectVector(weights, [1 - (0.1 * 5) / (5 + 1e-3), 1 + (0.1 * 0.2) / (0.2 + 1e-3), 1]);
  });

  it('averages gradients and their squares with bias correction, as in algorithm 1 of its paper', () => {
    const moments = { first: three(0, 0, 0), second: three(0, 0, 0) };
    const weights = three(1, 1, 1);
    const gradients = [three(1, 2, -1), three(-2, 2, 0), three(0.5, 2, 3)];
    gradients.forEach((gradient, i) =>
      adam({ weights, gradient, ...moments }, { ...options, weightDecay: 0, updates: i + 1 }),
    );
    const byHand = [0, 1, 2].map((i) => {
      let [w, m, v] = [1, 0, 0];
      gradients.forEach((gradient, t) => {
        m = 0.9 * m + 0.1 * gradient[i];
        v = 0.99 * v + 0.01 * gradient[i] ** 2;
        const [mean, square] = [m / (1 - 0.9 ** (t + 1)), v / (1 - 0.99 ** (t + 1))];
        w -= (0.1 * mean) / (Math.sqrt(square) + 1e-3);
      });
      return w;
    });
    expectVector(weights, byHand);
  });

  it('decays weights, not biases, by rate * weightDecay, apart from the gradient', () => {
    const moments = { first: three(0, 0, 0), second: three(0, 0, 0) };
    const weights = three(2, 2, -4);
    adam(
      { weights, gradient: three(0, 0, 0), ...moments },
      { ...options, weightDecay: 0.5, updates: 1 },
    );
    expectVector(weights, [1.9, 2, -3.8]);
  });
});

describe('clipByNorm', () => {
  it('scales a long gradient down to the limit, keeping its direction', () => {
    const gradient = three(3, 0, -4);
    clipByNorm(gradient, 1);
    expectVector(gradient, [0.6, 0, -0.8]);
  });

  it.each([
    ['a short one', 6],
    ['any, with limit 0', 0],
  ])('leaves %s alone', (_, limit) => {
    const gradient = three(3, 0, -4);
    clipByNorm(gradient, limit);
    expectVector(gradient, [3, 0, -4]);
  });
});

describe('addPenalty', () => {
  it('is l1 * sum|w| + l2 * sum w^2 / 2 over weights, not biases', () => {
    const gradient = three(1, 1, 1);
    const penalty = addPenalty(three(2, 100, -3), gradient, {
      l1: 0.1,
      l2: 0.4,
      penalized: PENALIZED,
    });
    expect(penalty).toBeCloseTo(0.1 * 5 + 0.2 * 13, 12);
    expectVector(gradient, [1 + 0.1 + 0.8, 1, 1 - 0.1 - 1.2]);
  });

  it('has the gradient of finite differences', () => {
    const weights = three(0.7, -0.2, -1.3);
    const options = { l1: 0.3, l2: 0.8, penalized: PENALIZED };
    const gradient = three(0, 0, 0);
    addPenalty(weights, gradient, options);
    const numeric = numericGradient(weights, () => addPenalty(weights, three(0, 0, 0), options));
    gradient.forEach((value, i) => expect(value).toBeCloseTo(numeric[i], 7));
  });

  it('does not move a weight that is 0', () => {
    const gradient = three(0, 0, 0);
    addPenalty(three(0, 0, 0), gradient, { l1: 1, l2: 1, penalized: PENALIZED });
    expectVector(gradient, [0, 0, 0]);
  });
});
