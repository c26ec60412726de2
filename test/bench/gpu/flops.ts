import { networkGraph } from '../../../src/network/graph.ts';
import type { WeightMatrix } from '../../../src/network/parameters.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';

/** Of a multiplication and an addition. */
const MULTIPLY_ADD = 2;

/**
 * Floating-point operations that one weight update needs: those of its matrix products. Each matrix is
 * multiplied with the values of every step forward, and twice backward, for the gradients of the matrix and
 * of the values; the inputs' gradients are needed only by embeddings, which themselves are looked up.
 * Activations, losses and the optimiser are not counted, so that shares of a rate are shares at most.
 */
export function updateFlops(
  shape: NetworkShape,
  { batchSize, windowLength }: { readonly batchSize: number; readonly windowLength: number },
): number {
  const { input, branches } = networkGraph(shape);
  const weights = ({ rows, columns, blocks }: WeightMatrix): number => rows * columns * blocks;
  let products = 0;
  for (const { layers, heads } of branches) {
    for (const [i, layer] of layers.entries()) {
      const passes = i || input.blocks.length ? 3 : 2;
      if (layer.kind === 'dense') products += passes * weights(layer.weights);
      else products += passes * weights(layer.inputWeights) + 3 * weights(layer.recurrentWeights);
    }
    products += 3 * weights(heads.linear.weights);
    // Votes times gates, and the gates' gradients; votes have none.
    for (const { matches, gate, logits } of heads.votes)
      products += 3 * weights(matches) + 2 * gate.size * logits.size;
  }
  return MULTIPLY_ADD * products * batchSize * windowLength;
}
