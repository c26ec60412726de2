import type { NetworkShape } from '../../network/shape.ts';
import { timeExperts, unaidedActions } from '../../network/shape.ts';
import { FEED_FORWARD, parameterLayout } from '../../network/graph.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Embedding } from './embed.ts';
import type { Matrix } from './matrix.ts';

/** One recurrent layer; G is 4H for LSTM (i, f, g, o) and 3H for GRU (r, z, n). */
export interface LayerParameters<A extends FloatArray = FloatArray> {
  /** [G, I]. */
  readonly inputWeights: Matrix<A>;
  /** [G, H]. */
  readonly recurrentWeights: Matrix<A>;
  /** [1, G]. */
  readonly inputBias: Matrix<A>;
  /** [1, G]. */
  readonly recurrentBias: Matrix<A>;
}

export interface HeadParameters<A extends FloatArray = FloatArray> {
  /** [size, H]. */
  readonly weights: Matrix<A>;
  /** [1, size]. */
  readonly bias: Matrix<A>;
}

/** The heads of one network. */
export interface ReadoutParameters<A extends FloatArray = FloatArray> {
  /** Null where the network has no such head. */
  readonly action: HeadParameters<A> | null;
  readonly time: HeadParameters<A> | null;
  readonly values: HeadParameters<A> | null;
  readonly gate: HeadParameters<A> | null;
  readonly time_gate: HeadParameters<A> | null;
  readonly unaided: HeadParameters<A> | null;
  /** [K, MATCHES * K] the gates' weights for the experts' matches. */
  readonly gateMatches: Matrix<A> | null;
  readonly timeGateMatches: Matrix<A> | null;
}

/** The feed-forward network: a hidden layer [Q, I] with its own heads. */
export interface FeedForwardParameters<A extends FloatArray = FloatArray> {
  readonly hidden: HeadParameters<A>;
  readonly readout: ReadoutParameters<A>;
}

/** The matrices of a network, as views of flat weights or of a flat gradient. */
export interface NetworkParameters<A extends FloatArray = FloatArray> {
  readonly embeddings: readonly Embedding[];
  readonly layers: readonly LayerParameters<A>[];
  readonly readout: ReadoutParameters<A>;
  readonly feedForward: FeedForwardParameters<A> | null;
}

/** Views of `flat`, which is laid out as `parameterLayout(shape)`. Throws RangeError for another length. */
export function networkParameters<A extends FloatArray>(
  shape: NetworkShape,
  flat: A,
): NetworkParameters<A> {
  const { parameters, length } = parameterLayout(shape);
  if (flat.length !== length)
    throw new RangeError(`the network has ${length} weights, not ${flat.length}`);
  const matrices = new Map<string, Matrix<A>>(
    parameters.map(({ name, shape: dims, offset }) => [
      name,
      {
        data: flat,
        offset,
        rows: dims.length > 1 ? dims[0] : 1,
        columns: dims[dims.length - 1],
      },
    ]),
  );
  const matrix = (name: string): Matrix<A> => {
    const found = matrices.get(name);
    if (!found) throw new RangeError(`no parameter "${name}"`);
    return found;
  };
  const linear = (prefix: string): HeadParameters<A> => ({
    weights: matrix(`${prefix}weight`),
    bias: matrix(`${prefix}bias`),
  });
  const readout = (prefix: string): ReadoutParameters<A> => {
    const head = (name: string, size: number): HeadParameters<A> | null =>
      size ? linear(`${prefix}${name}.`) : null;
    return {
      action: head('action', shape.actions),
      time: head('time', shape.timeBins),
      values: head('values', shape.values),
      gate: head('gate', shape.experts ?? 0),
      time_gate: head('time_gate', timeExperts(shape)),
      unaided: head('unaided', unaidedActions(shape)),
      gateMatches: shape.experts ? matrix(`${prefix}gate.matches`) : null,
      timeGateMatches: timeExperts(shape) ? matrix(`${prefix}time_gate.matches`) : null,
    };
  };
  return {
    embeddings: shape.embeddings.map(({ name, offset, categories, units }) => ({
      offset,
      categories,
      units,
      table: matrix(`embedding.${name}.weight`),
    })),
    layers: Array.from({ length: shape.layers }, (_, layer) => ({
      inputWeights: matrix(`${shape.cell}.weight_ih_l${layer}`),
      recurrentWeights: matrix(`${shape.cell}.weight_hh_l${layer}`),
      inputBias: matrix(`${shape.cell}.bias_ih_l${layer}`),
      recurrentBias: matrix(`${shape.cell}.bias_hh_l${layer}`),
    })),
    readout: readout(''),
    feedForward: shape.feedForward
      ? { hidden: linear(FEED_FORWARD), readout: readout(FEED_FORWARD) }
      : null,
  };
}
