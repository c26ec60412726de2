import { describe, it } from 'vitest';
import { parameterLayout } from '../../../src/network/graph.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  softBatch,
} from '../../train/problem.ts';
import { lossOf, networkOf } from './network-lab.ts';
import { expectGradient } from './numeric.ts';

const CASES = (['lstm', 'gru'] as const).flatMap((cell) =>
  [1, 2, 3].flatMap((layers) => [
    {
      name: `${cell}, ${layers} layers, embeddings, three heads`,
      shape: smallShape({ cell, layers }),
    },
    {
      name: `${cell}, ${layers} layers, action head alone`,
      shape: smallShape({ cell, layers, embeddings: [], timeBins: 0, values: 0 }),
    },
    {
      name: `${cell}, ${layers} layers, with experts`,
      shape: expertShape({ cell, layers }),
    },
    {
      name: `${cell}, ${layers} layers, with experts and a feed-forward network`,
      shape: expertShape({ cell, layers, feedForward: 6 }),
    },
  ]),
);

describe('the gradient of the whole network', () => {
  it.each([
    ...CASES.map((one) => ({ ...one, invent: randomBatch })),
    { name: 'soft targets', shape: expertShape(), invent: softBatch },
  ])('is that of finite differences: $name', ({ shape, invent }) => {
    const weights = Float64Array.from(randomWeights(shape));
    const batch = invent(shape);
    const gradient = networkOf(shape, weights).gradients(batch);
    const loss = (): number => lossOf(shape, weights, batch);
    expectGradient(gradient, { parameters: parameterLayout(shape).parameters, weights, loss });
  });
});
