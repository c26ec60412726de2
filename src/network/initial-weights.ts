import { createRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import { networkGraph } from './graph.ts';
import { orthogonal } from './orthogonal.ts';
import type { Initializer } from './parameters.ts';
import type { NetworkShape } from './shape.ts';

/** Orthogonalising takes units^3 operations: above this, weights are uniform with the same deviation. */
const LARGEST_ORTHOGONAL = 256;

/**
 * Initial weights, flat in the order of the graph's parameters; the same seed gives the same ones. How each
 * parameter begins is declared with it, in graph.ts.
 */
export function initialWeights(shape: NetworkShape, seed: number): Float32Array<ArrayBuffer> {
  const { parameters, length } = networkGraph(shape);
  const weights = new Float32Array(length);
  // Each parameter has its own generator, so adding a head does not change the other weights.
  parameters.forEach(({ initial, offset, length: count }, index) =>
    initialize(weights.subarray(offset, offset + count), initial, createRng(seed).fork(index)),
  );
  return weights;
}

function initialize(target: Float32Array, initial: Initializer, rng: Rng): void {
  switch (initial.kind) {
    case 'constant':
      target.fill(initial.value);
      return;
    case 'uniform':
      for (let i = 0; i < target.length; i++) target[i] = (2 * rng.next() - 1) * initial.limit;
      return;
    case 'normal':
      for (let i = 0; i < target.length; i++) target[i] = rng.normal() * initial.deviation;
      return;
    case 'orthogonal': {
      const { units } = initial;
      // Entries of an orthogonal matrix have deviation 1 / sqrt(units); a uniform one on +-a has a / sqrt(3).
      if (units > LARGEST_ORTHOGONAL)
        return initialize(target, { kind: 'uniform', limit: Math.sqrt(3 / units) }, rng);
      for (let at = 0; at < target.length; at += units * units)
        target.set(orthogonal(units, rng), at);
      return;
    }
    case 'forgetGate':
      target.fill(1, initial.units, 2 * initial.units);
      return;
    default:
      initial satisfies never;
  }
}
