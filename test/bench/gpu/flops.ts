import { parameterLayout } from '../../../src/network/graph.ts';
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
  const { experts = 0, actions, timeBins, embeddings } = shape;
  let products = 0;
  for (const { name, kind, length } of parameterLayout(shape).parameters) {
    if (kind === 'bias' || name.startsWith('embedding.')) continue;
    const readsInput = name.endsWith('weight_ih_l0') || name === 'feed_forward.weight';
    products += length * (readsInput && !embeddings.length ? 2 : 3);
  }
  // Votes times gates, and the gates' gradients; votes have none.
  const networks = shape.feedForward ? 2 : 1;
  products += 2 * networks * experts * (actions + timeBins);
  return MULTIPLY_ADD * products * batchSize * windowLength;
}
