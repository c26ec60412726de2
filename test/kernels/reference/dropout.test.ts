import { describe, expect, it } from 'vitest';
import { BatchNetwork } from '../../../src/kernels/reference/batch-network.ts';
import { DropoutFactors } from '../../../src/network/dropout-factors.ts';
import { parameterLayout } from '../../../src/network/graph.ts';
import { expertShape, randomBatch, randomWeights, smallShape } from '../../train/problem.ts';
import { expectGradient } from './numeric.ts';

const LOSS_WEIGHTS = { action: 1, time: 0.7, values: 0.4, unaided: 0.8 };

describe('a network with dropout', () => {
  it.each([
    smallShape({ cell: 'lstm', layers: 2 }),
    smallShape({ cell: 'gru', layers: 2 }),
    expertShape({ feedForward: 6 }),
  ])('has the gradient of finite differences: %o', (shape) => {
    const weights = Float64Array.from(randomWeights(shape));
    const network = new BatchNetwork(shape, weights);
    const batch = randomBatch(shape);
    const dropout = new DropoutFactors(shape, { rate: 0.4, seed: 3 }).draw(batch.mask.length);
    const gradient = new Float64Array(weights.length);
    const { loss } = network.run(batch, { lossWeights: LOSS_WEIGHTS, dropout, gradient });
    const again = (): number => network.run(batch, { lossWeights: LOSS_WEIGHTS, dropout }).loss;
    const { parameters } = parameterLayout(shape);
    expectGradient(gradient, { parameters, weights, loss: again });
    expect(loss).not.toBeCloseTo(network.run(batch, { lossWeights: LOSS_WEIGHTS }).loss, 3);
  });
});
