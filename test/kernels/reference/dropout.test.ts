import { describe, expect, it } from 'vitest';
import { TrainableNetwork } from '../../../src/kernels/reference/trainable-network.ts';
import { DropoutFactors } from '../../../src/network/dropout-factors.ts';
import { networkGraph } from '../../../src/network/graph.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  trainingWith,
} from '../../train/problem.ts';
import { lossOf } from './network-lab.ts';
import { expectGradient } from './numeric.ts';

describe('a network with dropout', () => {
  it.each([
    smallShape({ cell: 'lstm', layers: 2 }),
    smallShape({ cell: 'gru', layers: 2 }),
    expertShape({ feedForward: 6 }),
  ])('has the gradient of finite differences: %o', (shape) => {
    const weights = Float64Array.from(randomWeights(shape));
    const batch = randomBatch(shape);
    const graph = networkGraph(shape);
    const dropout = new DropoutFactors(graph, { rate: 0.4, seed: 3 }).draw(batch.mask.length);
    // One step of plain descent at rate 1 moves the weights by the gradient.
    const training = trainingWith({
      optimizer: { kind: 'sgd', momentum: 0 },
      dropout: 0.4,
      seed: 3,
    });
    const network = new TrainableNetwork({ shape, training, weights });
    const { loss } = network.step(batch, 1);
    const gradient = network.weights.map((weight, i) => weights[i] - weight);
    const again = (): number => lossOf(shape, weights, batch, { dropout });
    expectGradient(gradient, { parameters: graph.parameters, weights, loss: again });
    expect(loss).toBeCloseTo(again(), 12);
    expect(loss).not.toBeCloseTo(lossOf(shape, weights, batch), 3);
  });
});
