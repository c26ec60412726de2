import { describe, expect, it } from 'vitest';
import { expectedLosses, largestDeviation } from './expected-losses.ts';
import { kerasWeights, transposed } from './engines/keras-weights.ts';
import { createProblem, lastClasses } from './problem.ts';

const SMALL = { batchSize: 3, windowLength: 4, features: 2, units: 5, layers: 2, classes: 6 };

describe('createProblem', () => {
  it('makes only the last step of each window a target', () => {
    const problem = createProblem(SMALL);
    expect([...problem.batch.mask]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const { actions } = problem.batch;
    expect([...lastClasses(problem)]).toEqual([actions[3], actions[7], actions[11]]);
  });

  it('gives the same numbers each time', () => {
    expect(createProblem(SMALL)).toEqual(createProblem(SMALL));
  });
});

describe('kerasWeights', () => {
  it('have the dimensions of Keras', () => {
    const dims = kerasWeights(createProblem(SMALL)).map((weight) => [...weight.dims]);
    expect(dims).toEqual([[2, 20], [5, 20], [20], [5, 20], [5, 20], [20], [5, 6], [6]]);
  });

  it('are transposed', () => {
    const weight = { dims: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(transposed(weight)).toEqual({ dims: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) });
  });
});

describe('expectedLosses', () => {
  it('fall, begin alike for one and two biases, and differ later', () => {
    const problem = createProblem(SMALL);
    const one = expectedLosses(problem, 3, 'one');
    const two = expectedLosses(problem, 3, 'two');
    expect(one[0]).toBe(two[0]);
    expect(one[2]).toBeLessThan(one[0]);
    expect(two[2]).not.toBe(one[2]);
  });
});

it('largestDeviation is relative, and infinite where a loss is missing', () => {
  expect(largestDeviation([2.2, 4], [2, 4])).toBeCloseTo(0.1, 12);
  expect(largestDeviation([2], [2, 4])).toBe(Infinity);
  expect(largestDeviation([2, NaN], [2, 4])).toBe(Infinity);
});
