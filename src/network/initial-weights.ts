import { createRng } from '../util/rng.ts';
import { networkGraph } from './graph.ts';
import type { NetworkShape } from './shape.ts';

/**
 * Initial weights, flat in the order of the graph's parameters; the same seed gives the same ones. How each
 * parameter begins is declared with it, in graph.ts.
 */
export function initialWeights(shape: NetworkShape, seed: number): Float32Array<ArrayBuffer> {
  const { parameters, length } = networkGraph(shape);
  const weights = new Float32Array(length);
  // Each parameter has its own generator, so adding a head does not change the other weights.
  parameters.forEach(({ initial, offset, length: count }, index) =>
    initial(weights.subarray(offset, offset + count), createRng(seed).fork(index)),
  );
  return weights;
}
