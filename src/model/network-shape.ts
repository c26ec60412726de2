import { MATCHES } from '../dataset/expert-votes.ts';

/** A one-hot block of the features that is replaced by a row of a learned table. */
export interface EmbeddingShape {
  /** Name of the feature block. */
  readonly name: string;
  /** First feature column of the one-hot block, and its width. */
  readonly offset: number;
  readonly categories: number;
  /** Columns that replace it. */
  readonly units: number;
}

/** The sizes that fix every weight matrix. Derived from ModelConfig and the encoder. Plain JSON. */
export interface NetworkShape {
  readonly cell: 'lstm' | 'gru';
  /** 1 to 3. */
  readonly layers: number;
  /** H, hidden units of each layer. */
  readonly units: number;
  /** F, encoded features before embeddings. */
  readonly features: number;
  /** Ascending by offset, not overlapping. */
  readonly embeddings: readonly EmbeddingShape[];
  /** A, logits of the next action; 0 without that head. */
  readonly actions: number;
  /** K, bins of the time to the next action; 0 without that head. */
  readonly timeBins: number;
  /** C, continuous targets; 0 without that head. */
  readonly values: number;
  /**
   * K, experts whose log-probabilities, each times softplus of its gate, are added to the logits of action
   * and time; none when left out. The last MATCHES * K features are their matches, inputs of both gates.
   */
  readonly experts?: number;
  /**
   * Whether there is an auxiliary head, used only in training, that predicts the next action without the
   * experts' votes. With it the network learns also what the experts know, not only what they do not.
   */
  readonly unaided?: boolean;
  /**
   * Q, hidden units of an additional feed-forward network, with the same input as the recurrent one and its
   * own heads: each learns to predict alone, and the prediction is their mean. None when left out.
   */
  readonly feedForward?: number;
}

/** Whether weights of one shape fit a network of the other one. Keys may come in any order. */
export const isSameShape = (a: NetworkShape, b: NetworkShape): boolean =>
  a === b || JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Width of the first layer's input, after embeddings. */
export function inputWidth(shape: NetworkShape): number {
  return shape.embeddings.reduce((width, e) => width - e.categories + e.units, shape.features);
}

/** Rows of a gate matrix: 4H for LSTM (i, f, g, o), 3H for GRU (r, z, n). */
export function gateRows(shape: NetworkShape): number {
  return (shape.cell === 'lstm' ? 4 : 3) * shape.units;
}

/** Number of experts that vote on the time: all of them if there is a time head, else 0. */
export const timeExperts = ({ experts = 0, timeBins }: NetworkShape): number =>
  timeBins ? experts : 0;

/** Number of logits of the auxiliary head, which predicts without the experts' votes; 0 without that head. */
export const unaidedActions = ({ unaided, actions }: NetworkShape): number =>
  unaided ? actions : 0;

/** Number of feature columns of the experts' matches, which are the last ones. */
export const matchWidth = ({ experts = 0 }: NetworkShape): number => MATCHES * experts;

/** The first feature column of the experts' matches. */
export const matchColumn = (shape: NetworkShape): number => shape.features - matchWidth(shape);

/** Edges of the bins of time that experts vote on; none without a time head. */
export const votedEdges = (
  shape: NetworkShape,
  { timeEdges }: { readonly timeEdges: readonly number[] },
): readonly number[] => (timeExperts(shape) ? timeEdges : []);

/** One named matrix or vector inside the flat weights. */
export interface Parameter {
  /** PyTorch's name, for example `lstm.weight_ih_l0`. */
  readonly name: string;
  /** Row-major, for example [4H, F]. */
  readonly shape: readonly number[];
  /** First element in the flat array, and how many. */
  readonly offset: number;
  readonly length: number;
  /** L1, L2 and weight decay apply to weights only. */
  readonly kind: 'weight' | 'bias';
}

/** Prefix of the names of the feed-forward network's parameters. */
export const FEED_FORWARD = 'feed_forward.';

/** Where every parameter sits in the flat weights. */
export interface ParameterLayout {
  readonly parameters: readonly Parameter[];
  /** Total number of weights: the parameter count. */
  readonly length: number;
}

/**
 * The order of the flat weights: embeddings, then per layer weight_ih, weight_hh, bias_ih, bias_hh
 * (torch.nn.LSTM / GRU: same names, shapes and gate order), then the heads: action, time, values, and
 * the gates of action and time, the auxiliary head, and the gates' weights for the experts' matches. The
 * feed-forward network comes last: its weight and bias, and its heads in the same order.
 */
export function parameterLayout(shape: NetworkShape): ParameterLayout {
  const parameters: Parameter[] = [];
  let length = 0;
  const add = (name: string, dims: readonly number[]): void => {
    const size = dims.reduce((a, b) => a * b, 1);
    parameters.push({
      name,
      shape: dims,
      offset: length,
      length: size,
      kind: dims.length > 1 ? 'weight' : 'bias',
    });
    length += size;
  };
  for (const e of shape.embeddings) add(`embedding.${e.name}.weight`, [e.categories, e.units]);
  const rows = gateRows(shape);
  for (let layer = 0; layer < shape.layers; layer++) {
    const width = layer === 0 ? inputWidth(shape) : shape.units;
    add(`${shape.cell}.weight_ih_l${layer}`, [rows, width]);
    add(`${shape.cell}.weight_hh_l${layer}`, [rows, shape.units]);
    add(`${shape.cell}.bias_ih_l${layer}`, [rows]);
    add(`${shape.cell}.bias_hh_l${layer}`, [rows]);
  }
  const addHeads = (prefix: string, units: number): void => {
    for (const [head, size] of [
      ['action', shape.actions],
      ['time', shape.timeBins],
      ['values', shape.values],
      ['gate', shape.experts ?? 0],
      ['time_gate', timeExperts(shape)],
      ['unaided', unaidedActions(shape)],
    ] as const) {
      if (!size) continue;
      add(`${prefix}${head}.weight`, [size, units]);
      add(`${prefix}${head}.bias`, [size]);
    }
    if (shape.experts) add(`${prefix}gate.matches`, [shape.experts, matchWidth(shape)]);
    if (timeExperts(shape))
      add(`${prefix}time_gate.matches`, [timeExperts(shape), matchWidth(shape)]);
  };
  addHeads('', shape.units);
  const { feedForward } = shape;
  if (feedForward) {
    add(`${FEED_FORWARD}weight`, [feedForward, inputWidth(shape)]);
    add(`${FEED_FORWARD}bias`, [feedForward]);
    addHeads(FEED_FORWARD, feedForward);
  }
  return { parameters, length };
}

/** The parameter of that name. Throws RangeError when the shape has none, which is a programming error. */
export function findParameter(layout: ParameterLayout, name: string): Parameter {
  const found = layout.parameters.find((parameter) => parameter.name === name);
  if (!found) throw new RangeError(`no parameter "${name}"`);
  return found;
}
