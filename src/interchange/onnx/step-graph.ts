import type { NetworkShape } from '../../network/shape.ts';
import { inputWidth } from '../../network/shape.ts';
import { FEED_FORWARD } from '../../network/graph.ts';
import { ParameterReader } from '../parameter-reader.ts';
import { reorderGates } from './gate-order.ts';
import type { OnnxGraph } from './onnx-graph.ts';

/** The network of a graph. Without experts: their votes come from outside of the network. */
export interface StepNetworkWeights {
  readonly shape: NetworkShape;
  /** Flat, in the order of `parameterLayout(shape)`. */
  readonly weights: Float32Array;
}

interface Network {
  readonly shape: NetworkShape;
  readonly parameters: ParameterReader;
}

/** Names of the arrays that go in and come out. */
export const STEP_PORTS = {
  features: 'features',
  hidden: 'h',
  cell: 'c',
  nextHidden: 'next_h',
  nextCell: 'next_c',
  actionLogits: 'action_logits',
  actionProbabilities: 'action_probabilities',
  timeProbabilities: 'time_probabilities',
  values: 'values',
} as const;

/** Adds one step of a network, for any number of characters at once, to a graph. */
export function addStep(graph: OnnxGraph, { shape, weights }: StepNetworkWeights): void {
  const parameters = new ParameterReader(shape, weights);
  const network: Network = { shape, parameters };
  const input = addEmbeddings(graph, network);
  const top = addLayers(graph, network, input);
  const hidden = shape.feedForward
    ? graph.node('Relu', [addLinear(graph, network, FEED_FORWARD, input)])
    : null;
  /** Logits of the recurrent network, or the mean of both networks'. */
  const addHead = (head: string, output?: string): string => {
    const outputs = output === undefined ? undefined : [output];
    if (hidden === null) return addLinear(graph, network, `${head}.`, top, outputs);
    const both = [
      addLinear(graph, network, `${head}.`, top),
      addLinear(graph, network, `${FEED_FORWARD}${head}.`, hidden),
    ];
    return graph.node('Mean', both, { outputs });
  };
  if (shape.actions)
    graph.node('Softmax', [addHead('action', STEP_PORTS.actionLogits)], {
      outputs: [STEP_PORTS.actionProbabilities],
    });
  if (shape.timeBins)
    graph.node('Softmax', [addHead('time')], { outputs: [STEP_PORTS.timeProbabilities] });
  if (shape.values) addHead('values', STEP_PORTS.values);
  parameters.requireAll();
}

/** Replaces embedded blocks of the features [N, F] by their product with the block's table: [N, I]. */
function addEmbeddings(graph: OnnxGraph, network: Network): string {
  const { embeddings, features } = network.shape;
  if (!embeddings.length) return STEP_PORTS.features;
  const parts: { readonly width: number; readonly table?: string }[] = [];
  let column = 0;
  for (const { name, offset, categories } of embeddings) {
    if (offset > column) parts.push({ width: offset - column });
    parts.push({ width: categories, table: `embedding.${name}.weight` });
    column = offset + categories;
  }
  if (features > column) parts.push({ width: features - column });
  const names = parts.map((_, i) => `features ${i}`);
  if (parts.length > 1)
    graph.node('Split', [STEP_PORTS.features, graph.sizes(parts.map(({ width }) => width))], {
      outputs: names,
      attributes: { axis: 1 },
    });
  else names[0] = STEP_PORTS.features;
  const embedded = parts.map(({ table }, i) =>
    table === undefined
      ? names[i]
      : graph.node('MatMul', [names[i], addWeights(graph, network, table)]),
  );
  return embedded.length > 1
    ? graph.node('Concat', embedded, { attributes: { axis: 1 } })
    : embedded[0];
}

/** The recurrent layers, from the input [N, I] to the top hidden states [N, H]. */
function addLayers(graph: OnnxGraph, network: Network, input: string): string {
  const { cell, layers, units } = network.shape;
  const hasCell = cell === 'lstm';
  const hidden = splitLayers(graph, STEP_PORTS.hidden, layers);
  const cells = hasCell ? splitLayers(graph, STEP_PORTS.cell, layers) : [];
  const first = graph.sizes([0]);
  const nextHidden: string[] = [];
  const nextCells: string[] = [];
  // [steps = 1, N, I]. A layer's last hidden states, [1, N, H], are also the one step of the layer above.
  let x = graph.node('Unsqueeze', [input, first]);
  for (let layer = 0; layer < layers; layer++) {
    const alone = layers === 1;
    const nextH = alone ? STEP_PORTS.nextHidden : `next h ${layer}`;
    const nextC = alone ? STEP_PORTS.nextCell : `next c ${layer}`;
    graph.node(
      hasCell ? 'LSTM' : 'GRU',
      [
        x,
        ...addGates(graph, network, layer),
        '',
        hidden[layer],
        ...(hasCell ? [cells[layer]] : []),
      ],
      {
        outputs: ['', nextH, ...(hasCell ? [nextC] : [])],
        // As in PyTorch, the reset gate of a GRU acts after the product.
        attributes: { hidden_size: units, ...(!hasCell && { linear_before_reset: 1 }) },
      },
    );
    nextHidden.push(nextH);
    nextCells.push(nextC);
    x = nextH;
  }
  if (layers > 1) {
    const attributes = { axis: 0 };
    graph.node('Concat', nextHidden, { outputs: [STEP_PORTS.nextHidden], attributes });
    if (hasCell) graph.node('Concat', nextCells, { outputs: [STEP_PORTS.nextCell], attributes });
  }
  return graph.node('Squeeze', [x, first]);
}

/** The state [layers, N, H] as [1, N, H] for each layer. */
function splitLayers(graph: OnnxGraph, state: string, layers: number): readonly string[] {
  if (layers === 1) return [state];
  const names = Array.from({ length: layers }, (_, layer) => `${state} ${layer}`);
  graph.node('Split', [state, graph.sizes(names.map(() => 1))], {
    outputs: names,
    attributes: { axis: 0 },
  });
  return names;
}

/** Names of a layer's input weights [1, G, I], recurrent weights [1, G, H] and biases [1, 2G], in ONNX' order of gates. */
function addGates(
  graph: OnnxGraph,
  { shape, parameters }: Network,
  layer: number,
): readonly string[] {
  const { cell, units } = shape;
  const gates = (kind: string): Float32Array =>
    reorderGates(parameters.read(`${cell}.${kind}_l${layer}`).data, cell);
  const width = layer ? units : inputWidth(shape);
  const rows = gates('bias_ih').length;
  const bias = new Float32Array(2 * rows);
  bias.set(gates('bias_ih'));
  bias.set(gates('bias_hh'), rows);
  return [
    graph.weights(`W ${layer}`, [1, rows, width], gates('weight_ih')),
    graph.weights(`R ${layer}`, [1, rows, units], gates('weight_hh')),
    graph.weights(`B ${layer}`, [1, 2 * rows], bias),
  ];
}

/** x W^T + b. */
function addLinear(
  graph: OnnxGraph,
  network: Network,
  prefix: string,
  x: string,
  outputs?: readonly string[],
): string {
  const names = [`${prefix}weight`, `${prefix}bias`].map((name) =>
    addWeights(graph, network, name),
  );
  return graph.node('Gemm', [x, ...names], { outputs, attributes: { transB: 1 } });
}

function addWeights(graph: OnnxGraph, { parameters }: Network, name: string): string {
  const { shape, data } = parameters.read(name);
  return graph.weights(name, shape, data);
}
