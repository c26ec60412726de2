import { describe, it } from 'vitest';
import { BatchNetwork } from '../../../src/kernels/reference/batch-network.ts';
import { parameterLayout } from '../../../src/network/graph.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  softBatch,
} from '../../train/problem.ts';
import { expectGradient } from './numeric.ts';

const LOSS_WEIGHTS = { action: 1, time: 0.7, values: 0.4, unaided: 0.8 };

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
  it.each(CASES)('is that of finite differences: $name', ({ shape }) => {
    const weights = Float64Array.from(randomWeights(shape));
    const network = new BatchNetwork(shape, weights);
    const batch = randomBatch(shape);
    const gradient = new Float64Array(weights.length);
    network.run(batch, { lossWeights: LOSS_WEIGHTS, gradient });
    const loss = (): number => network.run(batch, { lossWeights: LOSS_WEIGHTS }).loss;
    expectGradient(gradient, { parameters: parameterLayout(shape).parameters, weights, loss });
  });

  it('is that of finite differences for soft targets', () => {
    const shape = expertShape();
    const weights = Float64Array.from(randomWeights(shape));
    const network = new BatchNetwork(shape, weights);
    const batch = softBatch(shape);
    const gradient = new Float64Array(weights.length);
    network.run(batch, { lossWeights: LOSS_WEIGHTS, gradient });
    const loss = (): number => network.run(batch, { lossWeights: LOSS_WEIGHTS }).loss;
    expectGradient(gradient, { parameters: parameterLayout(shape).parameters, weights, loss });
  });
});
