import { zerosLike } from '../util/math.ts';
import type { FloatArray } from '../util/math.ts';
import type { NetworkGraph } from './graph.ts';

/** A row-major matrix inside an engine's weights. */
export interface EngineMatrix {
  /** First element. */
  readonly offset: number;
  /** Padding included. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * Where an engine keeps the weights: the graph's matrices one after the other, with every width rounded up to a
 * multiple of `pad`. Padding holds zeros and has gradient zero, so it stays zero under every optimiser.
 */
export interface EngineLayout {
  readonly graph: NetworkGraph;
  /** Elements, padding included. */
  readonly length: number;
  /** In the order of the graph's. */
  readonly matrices: readonly EngineMatrix[];
  /** Place of each flat weight in the engine's weights. */
  readonly places: Int32Array;
  /** [length] 1 where a penalty or weight decay acts: in matrices, not in biases or padding. */
  readonly penalized: Uint8Array;
  /** A width rounded up. */
  padded(width: number): number;
}

/** The layout of a network's weights on an engine that computes `pad` columns at a time. */
export function engineLayout(graph: NetworkGraph, pad = 1): EngineLayout {
  const padded = (width: number): number => Math.ceil(width / pad) * pad;
  let length = 0;
  const matrices = graph.matrices.map((matrix): EngineMatrix => {
    const { rows, columns, blocks, kind } = matrix;
    const size =
      kind === 'table'
        ? { rows, columns }
        : { rows: kind === 'matrix' ? padded(rows) : 1, columns: blocks * padded(columns) };
    const offset = length;
    length += size.rows * size.columns;
    return { offset, ...size };
  });
  const places = new Int32Array(graph.length);
  const penalized = new Uint8Array(length);
  for (const { shape, offset, matrix, column, kind } of graph.parameters) {
    const to = matrices[matrix.index];
    const inputs = shape[1] ?? 1;
    const isTable = matrix.kind === 'table';
    // A game's thread runs this for its first weights: it is kept cheap where nothing is compiled yet.
    const step = isTable ? 1 : to.columns;
    const isPenalized = kind === 'weight' ? 1 : 0;
    let at = offset;
    for (let output = 0; output < shape[0]; output++) {
      // Each block is padded.
      const block = Math.floor(output / matrix.columns);
      const inBlocks = column + block * padded(matrix.columns) + (output % matrix.columns);
      const first = isTable ? output * to.columns : inBlocks;
      let place = to.offset + first;
      for (let input = 0; input < inputs; input++, place += step) {
        places[at++] = place;
        penalized[place] = isPenalized;
      }
    }
  }
  return { graph, length, matrices, places, penalized, padded };
}

/** A new array of flat weights in an engine's order; padding is 0. Throws RangeError for another number of them. */
export function toEngine<A extends FloatArray>(flat: A, { length, places }: EngineLayout): A {
  if (flat.length !== places.length)
    throw new RangeError(`the network has ${places.length} weights, not ${flat.length}`);
  const ordered = zerosLike(flat, length);
  for (let i = 0; i < flat.length; i++) ordered[places[i]] = flat[i];
  return ordered;
}

/** The inverse of `toEngine`: a new array of flat weights. */
export function toFlat<A extends FloatArray>(ordered: A, { places }: EngineLayout): A {
  // This runs after every update in play; Float32Array.from with a function takes three times as long.
  const flat = zerosLike(ordered, places.length);
  for (let i = 0; i < flat.length; i++) flat[i] = ordered[places[i]];
  return flat;
}
