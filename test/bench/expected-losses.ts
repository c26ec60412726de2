import { TrainableNetwork } from '../../src/kernels/reference/trainable-network.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { LEARNING_RATE } from './problem.ts';
import type { Problem } from './problem.ts';

/** Trained biases of each gate: PyTorch and our engines have two, Keras has one. */
export type Biases = 'one' | 'two';

/**
 * The losses of the first updates, each before its update, by the reference in double precision.
 * With one bias, bias_hh is put back to 0 after each update, which leaves just what Keras trains.
 */
export function expectedLosses(problem: Problem, count: number, biases: Biases): number[] {
  const { shape, training, batch } = problem;
  const weights = Float64Array.from(problem.weights);
  const network = new TrainableNetwork({ shape, training, weights });
  const second = parameterLayout(shape).parameters.filter(({ name }) => name.includes('bias_hh'));
  return Array.from({ length: count }, () => {
    const { loss } = network.step(batch, LEARNING_RATE);
    if (biases === 'one') {
      const { weights: trained } = network;
      for (const { offset, length } of second) trained.fill(0, offset, offset + length);
      network.engine.weights = trained;
    }
    return loss;
  });
}

/** The largest relative deviation of `found` from `expected`; Infinity when one is no number or missing. */
export function largestDeviation(found: readonly number[], expected: readonly number[]): number {
  const deviations = expected.map((value, i) => {
    const deviation = Math.abs(found[i] - value) / Math.max(Math.abs(value), 1e-6);
    return Number.isFinite(deviation) ? deviation : Infinity;
  });
  return Math.max(0, ...deviations);
}
