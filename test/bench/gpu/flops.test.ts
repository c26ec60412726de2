import { expect, it } from 'vitest';
import type { NetworkShape } from '../../../src/network/shape.ts';
import { updateFlops } from './flops.ts';

const PLAIN: NetworkShape = {
  cell: 'lstm',
  layers: 1,
  units: 3,
  features: 5,
  embeddings: [],
  actions: 2,
  timeBins: 0,
  values: 0,
};
const size = { batchSize: 4, windowLength: 10 };

it('counts the products of a step forward and backward, and those of the inputs only where needed', () => {
  // Per step: 12 x 5 inputs, whose own gradients nothing needs; 12 x 3 states; 2 x 3 logits.
  expect(updateFlops(PLAIN, size)).toBe(2 * 40 * (2 * 60 + 3 * 36 + 3 * 6));
  const embeddings = [{ name: 'action', offset: 0, categories: 4, units: 2 }];
  // Three columns remain, whose gradients the table needs.
  expect(updateFlops({ ...PLAIN, embeddings }, size)).toBe(2 * 40 * 3 * (36 + 36 + 6));
});

it('counts votes of experts and the feed-forward network', () => {
  const experts = { ...PLAIN, experts: 1 };
  // One gate from the state and one from three matches, and the vote on two actions.
  expect(updateFlops(experts, size) - updateFlops(PLAIN, size)).toBe(
    2 * 40 * (3 * 3 + 3 * 3 + 2 * 2),
  );
  const both = { ...PLAIN, feedForward: 7 };
  expect(updateFlops(both, size) - updateFlops(PLAIN, size)).toBe(2 * 40 * (2 * 35 + 3 * 14));
});
