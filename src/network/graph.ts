import { HEADS } from './heads.ts';
import type { HeadLoss, HeadName } from './heads.ts';
import { GraphBuilder } from './parameters.ts';
import type { GraphParameter, Initializer, ParameterLayout, WeightMatrix } from './parameters.ts';
import { inputWidth, matchWidth } from './shape.ts';
import type { NetworkShape } from './shape.ts';

/** A one-hot block of the features that is replaced by rows of a table. */
export interface EmbeddedBlock {
  /** First feature column and number of columns. */
  readonly offset: number;
  readonly categories: number;
  /** First column in the result and number of columns. */
  readonly column: number;
  readonly units: number;
  /** [categories, units]. */
  readonly table: WeightMatrix;
}

/** The first layers' input: the features, with each embedded block replaced by its product with its table. */
export interface EmbedNode {
  /** F and I, columns of the features and of the result. */
  readonly inputs: number;
  readonly width: number;
  /** Ascending by offset. */
  readonly blocks: readonly EmbeddedBlock[];
  /** Which of the dropout factors its result is multiplied by. */
  readonly dropout: number;
}

/** LSTM or GRU over all steps of a window, from zero state. */
export interface RecurrentNode {
  readonly kind: 'recurrent';
  /** Position among the network's layers and heads. */
  readonly index: number;
  /** Position among the recurrent layers. */
  readonly layer: number;
  readonly cell: 'lstm' | 'gru';
  readonly inputs: number;
  /** H. */
  readonly width: number;
  /** Which of the dropout factors its result is multiplied by; -1 = none. */
  readonly dropout: number;
  /** [I, G], [H, G] and [1, G] twice; G is 4H for LSTM (i, f, g, o), 3H for GRU (r, z, n). */
  readonly inputWeights: WeightMatrix;
  readonly recurrentWeights: WeightMatrix;
  readonly inputBias: WeightMatrix;
  readonly recurrentBias: WeightMatrix;
}

/** x W + b, and max(0, it) for a layer of rectified linear units (Nair and Hinton 2010). */
export interface DenseNode {
  readonly kind: 'dense';
  readonly index: number;
  readonly inputs: number;
  readonly width: number;
  readonly rectify: boolean;
  /** Which of the dropout factors its result is multiplied by; -1 = none. */
  readonly dropout: number;
  readonly weights: WeightMatrix;
  readonly bias: WeightMatrix;
}

/** One head's columns in the joined outputs. */
export interface Head {
  readonly name: HeadName;
  readonly column: number;
  readonly size: number;
  readonly loss: HeadLoss | null;
}

/** A head that experts vote in: logits += sum of softplus(gate + matches * weights^T) * log-probabilities. */
export interface Vote {
  readonly logits: Head;
  readonly gate: Head;
  /** [K, MATCHES * K] the gates' weights for the experts' matches. */
  readonly matches: WeightMatrix;
  readonly logs: 'experts' | 'timeExperts';
}

/** All heads on top of one stack of layers, joined in one linear layer. */
export interface HeadsNode {
  readonly linear: DenseNode;
  readonly heads: readonly Head[];
  readonly votes: readonly Vote[];
}

export type LayerNode = RecurrentNode | DenseNode;

/** A stack of layers on the embedded input, with heads of its own. */
export interface Branch {
  readonly layers: readonly LayerNode[];
  readonly heads: HeadsNode;
}

/** A network: the mean of its branches' outputs is the prediction, and each learns to predict alone. */
export interface NetworkGraph {
  readonly shape: NetworkShape;
  readonly input: EmbedNode;
  /** The recurrent one first. */
  readonly branches: readonly Branch[];
  /** All layers and joined heads, in the order of their index. */
  readonly nodes: readonly LayerNode[];
  /** In the order of the flat weights, `length` of them. */
  readonly parameters: readonly GraphParameter[];
  readonly length: number;
  /** In the order of an engine's weights. */
  readonly matrices: readonly WeightMatrix[];
  /** Widths of what dropout acts on, in the order in which its factors are drawn. */
  readonly dropped: readonly number[];
}

/** Prefix of the names of the feed-forward network's parameters. */
export const FEED_FORWARD = 'feed_forward.';
/** Heads begin in this share of Glorot's range, so that a new model begins near "all equally likely". */
const HEAD_GAIN = 0.1;
const ZEROS: Initializer = { kind: 'constant', value: 0 };
/** Initial bias of the gates: each expert begins with a weight of softplus(-1.2) = 0.26. */
const GATE = -1.2;

/**
 * The network of a shape. The flat weights hold the embeddings, then per recurrent layer weight_ih, weight_hh,
 * bias_ih, bias_hh (torch.nn.LSTM / GRU: same names, shapes and gate order), then the heads in the order of
 * `HEADS`, and the gates' weights for the experts' matches. The feed-forward network comes last: its weight and
 * bias, and its heads in the same order.
 */
export function networkGraph(shape: NetworkShape): NetworkGraph {
  const build = new GraphBuilder();
  const { cell, units, layers, feedForward } = shape;
  const input = embedNode(build, shape);
  const recurrent: LayerNode[] = [];
  for (let layer = 0; layer < layers; layer++)
    recurrent.push(
      recurrentNode(build, { cell, width: units, layer, inputs: layer ? units : input.width }),
    );
  const branches: Branch[] = [
    { layers: recurrent, heads: headsNode(build, shape, { prefix: '', inputs: units }) },
  ];
  if (feedForward) {
    const layer = rectifiedNode(build, { inputs: input.width, units: feedForward });
    const heads = headsNode(build, shape, { prefix: FEED_FORWARD, inputs: feedForward });
    branches.push({ layers: [layer], heads });
  }
  const { parameters, length, matrices, dropped } = build;
  const nodes = branches.flatMap((branch) => [...branch.layers, branch.heads.linear]);
  return { shape, input, branches, nodes, parameters, length, matrices, dropped };
}

/** Where every parameter of a network sits in the flat weights. */
export const parameterLayout = (shape: NetworkShape): ParameterLayout => networkGraph(shape);

/** Uniform by Glorot and Bengio 2010, of a matrix with so many inputs and outputs. */
const glorot = (inputs: number, outputs: number, gain = 1): Initializer => ({
  kind: 'uniform',
  limit: gain * Math.sqrt(6 / (inputs + outputs)),
});

/** Tables: normal, rows of length about 1 like the one-hot rows they replace. */
function embedNode(build: GraphBuilder, shape: NetworkShape): EmbedNode {
  let shift = 0;
  const blocks = shape.embeddings.map(({ name, offset, categories, units }): EmbeddedBlock => {
    const initial: Initializer = { kind: 'normal', deviation: 1 / Math.sqrt(units) };
    const size = [categories, units];
    const table = build.whole(`embedding.${name}.weight`, size, { kind: 'table', initial });
    const column = offset + shift;
    shift += units - categories;
    return { offset, categories, column, units, table };
  });
  const width = inputWidth(shape);
  return { inputs: shape.features, width, blocks, dropout: build.drop(width) };
}

/**
 * Input weights by Glorot for each gate, recurrent weights orthogonal. The forget gate's bias is in `bias_ih`
 * alone, as the two biases are added.
 */
function recurrentNode(
  build: GraphBuilder,
  { cell, layer, width: units, inputs }: Pick<RecurrentNode, 'cell' | 'layer' | 'width' | 'inputs'>,
): RecurrentNode {
  const blocks = cell === 'lstm' ? 4 : 3;
  const gates = blocks * units;
  const whole = (part: string, size: readonly number[], initial: Initializer): WeightMatrix =>
    build.whole(`${cell}.${part}_l${layer}`, size, { blocks, initial });
  const forgetful: Initializer = cell === 'lstm' ? { kind: 'forgetGate', units } : ZEROS;
  return {
    kind: 'recurrent',
    index: build.nodes++,
    layer,
    cell,
    inputs,
    width: units,
    dropout: build.drop(units),
    inputWeights: whole('weight_ih', [gates, inputs], glorot(inputs, units)),
    recurrentWeights: whole('weight_hh', [gates, units], { kind: 'orthogonal', units }),
    inputBias: whole('bias_ih', [gates], forgetful),
    recurrentBias: whole('bias_hh', [gates], ZEROS),
  };
}

/** Uniform, as torch.nn.Linear's weight. */
function rectifiedNode(
  build: GraphBuilder,
  { inputs, units }: { inputs: number; units: number },
): DenseNode {
  const initial: Initializer = { kind: 'uniform', limit: 1 / Math.sqrt(inputs) };
  return {
    kind: 'dense',
    index: build.nodes++,
    inputs,
    width: units,
    rectify: true,
    dropout: build.drop(units),
    weights: build.whole(`${FEED_FORWARD}weight`, [units, inputs], { initial }),
    bias: build.whole(`${FEED_FORWARD}bias`, [units], { initial: ZEROS }),
  };
}

/**
 * With experts the heads that they vote in and their gates begin at 0: the network starts as an even mixture of
 * its experts, and adds what they do not know.
 */
function headsNode(
  build: GraphBuilder,
  shape: NetworkShape,
  { prefix, inputs }: { prefix: string; inputs: number },
): HeadsNode {
  const sizes = HEADS.map((head) => head.size(shape));
  const width = sizes.reduce((sum, size) => sum + size, 0);
  const weights = build.matrix(inputs, width);
  const bias = build.matrix(1, width, { kind: 'vector' });
  const heads: Head[] = [];
  let column = 0;
  for (const [i, { name, loss, votes }] of HEADS.entries()) {
    const size = sizes[i];
    if (!size) continue;
    const isMixed = shape.experts && HEADS.some((other) => other.votes?.head === name);
    const begin = votes || isMixed ? ZEROS : glorot(inputs, size, HEAD_GAIN);
    const beginBias: Initializer = votes ? { kind: 'constant', value: GATE } : ZEROS;
    const part = { matrix: weights, column, initial: begin };
    build.parameter(`${prefix}${name}.weight`, [size, inputs], part);
    build.parameter(`${prefix}${name}.bias`, [size], { matrix: bias, column, initial: beginBias });
    heads.push({ name, column, size, loss });
    column += size;
  }
  const votes = HEADS.flatMap(({ name, votes: to }): Vote[] => {
    const gate = heads.find((head) => head.name === name);
    const logits = heads.find((head) => head.name === to?.head);
    if (!to || !gate || !logits) return [];
    const size = [gate.size, matchWidth(shape)];
    const matches = build.whole(`${prefix}${name}.matches`, size, {
      kind: 'table',
      initial: ZEROS,
    });
    return [{ logits, gate, matches, logs: to.logs }];
  });
  const linear: DenseNode = {
    kind: 'dense',
    index: build.nodes++,
    inputs,
    width,
    rectify: false,
    dropout: -1,
    weights,
    bias,
  };
  return { linear, heads, votes };
}
