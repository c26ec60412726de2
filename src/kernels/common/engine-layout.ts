import type { NetworkShape } from '../../model/network-shape.ts';
import {
  FEED_FORWARD,
  findParameter,
  inputWidth,
  matchWidth,
  parameterLayout,
  timeExperts,
  unaidedActions,
} from '../../model/network-shape.ts';

/** A row-major matrix inside an engine's weights. */
export interface EngineMatrix {
  /** First element. */
  readonly offset: number;
  /** Padding included. */
  readonly rows: number;
  readonly columns: number;
}

/** One recurrent layer; G is 4H for LSTM (i, f, g, o) and 3H for GRU (r, z, n), each gate padded. */
export interface EngineLayer {
  /** [I, G]. */
  readonly inputWeights: EngineMatrix;
  /** [H, G]. */
  readonly recurrentWeights: EngineMatrix;
  /** [1, G] each. */
  readonly inputBias: EngineMatrix;
  readonly recurrentBias: EngineMatrix;
}

const HEADS = ['action', 'time', 'values', 'gate', 'time_gate', 'unaided'] as const;
type HeadName = (typeof HEADS)[number];

/** A head's columns in the joined heads. */
export interface EngineHead {
  readonly column: number;
  /** 0 where the network has no such head. */
  readonly size: number;
}

/** The heads of one network. */
export interface EngineReadout {
  /** Inputs of the heads, rounded up to `pad`: rows of `headWeights`. */
  readonly units: number;
  /** [units, outputs], and [1, outputs]; the heads' columns follow each other without a gap. */
  readonly headWeights: EngineMatrix;
  readonly headBias: EngineMatrix;
  /**
   * [K, MATCHES * K] the gates' weights for the experts' matches, neither transposed nor padded; empty
   * without experts.
   */
  readonly gateMatches: Readonly<Record<'gate' | 'time_gate', EngineMatrix>>;
}

/** The optional feed-forward network; its heads have the same columns as the recurrent one's. */
export interface EngineFeedForward extends EngineReadout {
  /** [I, Q] and [1, Q]. */
  readonly weights: EngineMatrix;
  readonly bias: EngineMatrix;
}

/**
 * Where an engine keeps the weights: every matrix is transposed to [inputs, outputs], as in Keras, so
 * that numbers computed together lie next to each other; all heads are joined to one matrix; every
 * width is rounded up to a multiple of `pad`. Padding holds zeros and has gradient zero, so it stays
 * zero under every optimiser.
 */
export interface EngineLayout extends EngineReadout {
  /** Elements, padding included. */
  readonly length: number;
  /** H. */
  readonly units: number;
  /** I of the first layer, and columns of the joined heads, each rounded up to `pad`. */
  readonly inputs: number;
  readonly outputs: number;
  /** Tables [categories, units], neither transposed nor padded, in the order of the shape. */
  readonly embeddings: readonly EngineMatrix[];
  readonly layers: readonly EngineLayer[];
  readonly heads: Readonly<Record<HeadName, EngineHead>>;
  /** Null without that network. */
  readonly feedForward: EngineFeedForward | null;
  /** Place of each flat weight (`parameterLayout(shape)`) in the engine's weights. */
  readonly places: Int32Array;
  /** [length] 1 where a penalty or weight decay acts: in matrices, not in biases or padding. */
  readonly penalized: Uint8Array;
}

/** The layout of a network's weights on an engine that computes `pad` columns at a time. */
export function engineLayout(shape: NetworkShape, pad = 1): EngineLayout {
  const flat = parameterLayout(shape);
  const padded = (size: number): number => Math.ceil(size / pad) * pad;
  const gates = shape.cell === 'lstm' ? 4 : 3;
  const units = padded(shape.units);
  const inputs = padded(inputWidth(shape));
  const places = new Int32Array(flat.length);
  let length = 0;
  const matrix = (rows: number, columns: number): EngineMatrix => {
    const offset = length;
    length += rows * columns;
    return { offset, rows, columns };
  };
  /** Sends element [row, column] of a parameter to `place(row, column)`. */
  const put = (name: string, place: (row: number, column: number) => number): void => {
    const { offset, shape: dims } = findParameter(flat, name);
    const columns = dims.length > 1 ? dims[1] : 1;
    for (let row = 0; row < dims[0]; row++)
      for (let column = 0; column < columns; column++)
        places[offset + row * columns + column] = place(row, column);
  };
  /** Column of a gate's unit, when each gate is padded. */
  const gateColumn = (row: number): number =>
    Math.floor(row / shape.units) * units + (row % shape.units);

  const embeddings = shape.embeddings.map(({ name, categories, units: width }) => {
    const table = matrix(categories, width);
    put(`embedding.${name}.weight`, (row, column) => table.offset + row * width + column);
    return table;
  });
  const layers = Array.from({ length: shape.layers }, (_, layer): EngineLayer => {
    const gateMatrix = (name: string, rows: number): EngineMatrix => {
      const to = matrix(rows, gates * units);
      put(`${shape.cell}.${name}_l${layer}`, (row, column) =>
        name.startsWith('bias')
          ? to.offset + gateColumn(row)
          : to.offset + column * to.columns + gateColumn(row),
      );
      return to;
    };
    return {
      inputWeights: gateMatrix('weight_ih', layer ? units : inputs),
      recurrentWeights: gateMatrix('weight_hh', units),
      inputBias: gateMatrix('bias_ih', 1),
      recurrentBias: gateMatrix('bias_hh', 1),
    };
  });
  const { experts = 0 } = shape;
  const sizes = {
    action: shape.actions,
    time: shape.timeBins,
    values: shape.values,
    gate: experts,
    time_gate: timeExperts(shape),
    unaided: unaidedActions(shape),
  };
  const outputs = padded(Object.values(sizes).reduce((sum, size) => sum + size, 0));
  const heads = headColumns(sizes);
  const readout = (prefix: string, rows: number): EngineReadout => {
    const headWeights = matrix(rows, outputs);
    const headBias = matrix(1, outputs);
    for (const name of HEADS) {
      const { column, size } = heads[name];
      if (!size) continue;
      put(
        `${prefix}${name}.weight`,
        (row, unit) => headWeights.offset + unit * outputs + column + row,
      );
      put(`${prefix}${name}.bias`, (row) => headBias.offset + column + row);
    }
    const matches = (name: 'gate' | 'time_gate'): EngineMatrix => {
      const size = sizes[name];
      const width = size && matchWidth(shape);
      const to = matrix(size, width);
      if (size) put(`${prefix}${name}.matches`, (row, match) => to.offset + width * row + match);
      return to;
    };
    const gateMatches = { gate: matches('gate'), time_gate: matches('time_gate') };
    return { units: rows, headWeights, headBias, gateMatches };
  };
  const feedForwardOf = (hidden: number): EngineFeedForward => {
    const weights = matrix(inputs, padded(hidden));
    const bias = matrix(1, padded(hidden));
    put(`${FEED_FORWARD}weight`, (row, column) => weights.offset + column * weights.columns + row);
    put(`${FEED_FORWARD}bias`, (row) => bias.offset + row);
    return { weights, bias, ...readout(FEED_FORWARD, padded(hidden)) };
  };
  const recurrent = readout('', units);
  const feedForward = shape.feedForward ? feedForwardOf(shape.feedForward) : null;
  const penalized = new Uint8Array(length);
  for (const { kind, offset, length: count } of flat.parameters)
    if (kind === 'weight') for (let i = offset; i < offset + count; i++) penalized[places[i]] = 1;
  return {
    ...recurrent,
    length,
    inputs,
    outputs,
    embeddings,
    layers,
    heads,
    feedForward,
    places,
    penalized,
  };
}

/** The columns of the joined heads, one head after the other. */
function headColumns(sizes: Readonly<Record<HeadName, number>>): EngineLayout['heads'] {
  let column = 0;
  const head = (size: number): EngineHead => {
    const first = column;
    column += size;
    return { column: first, size };
  };
  return {
    action: head(sizes.action),
    time: head(sizes.time),
    values: head(sizes.values),
    gate: head(sizes.gate),
    time_gate: head(sizes.time_gate),
    unaided: head(sizes.unaided),
  };
}

/** A new array of flat weights in an engine's order; padding is 0. */
export function toEngine(flat: Float32Array, { length, places }: EngineLayout): Float32Array {
  const ordered = new Float32Array(length);
  for (let i = 0; i < flat.length; i++) ordered[places[i]] = flat[i];
  return ordered;
}

/** The inverse of `toEngine`: a new array of flat weights. */
export function toFlat(ordered: Float32Array, { places }: EngineLayout): Float32Array<ArrayBuffer> {
  // This runs after every burst of training; Float32Array.from with a function takes three times as long.
  const flat = new Float32Array(places.length);
  for (let i = 0; i < flat.length; i++) flat[i] = ordered[places[i]];
  return flat;
}
