import type { NetworkShape } from '../../network/shape.ts';
import { OnnxGraph } from './onnx-graph.ts';
import type { GraphPort } from './onnx-graph.ts';
import { addStep, STEP_PORTS } from './step-graph.ts';
import type { StepNetworkWeights } from './step-graph.ts';

export interface StepModelOptions {
  readonly description?: string;
  readonly metadata?: ReadonlyMap<string, string>;
}

export const STEP_MODEL_DEFAULTS: Required<StepModelOptions> = {
  description: '',
  metadata: new Map(),
};

/** One step of a network without experts as an ONNX file; see `writeOnnx` for its inputs and outputs. */
export function stepModel(
  network: StepNetworkWeights,
  options: StepModelOptions = {},
): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  addStep(graph, network);
  return graph.toModel({
    graphName: 'step',
    ...STEP_MODEL_DEFAULTS,
    ...options,
    ...ports(network.shape),
  });
}

function ports(shape: NetworkShape): {
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
} {
  const row = (name: string, width: number, description: string): GraphPort[] =>
    width ? [{ name, shape: ['characters', width], description }] : [];
  const state = (name: string, description: string): GraphPort => ({
    name,
    shape: [shape.layers, 'characters', shape.units],
    description,
  });
  const hasCell = shape.cell === 'lstm';
  const { features, actions, timeBins, values } = shape;
  const names = STEP_PORTS;
  return {
    inputs: [
      ...row(names.features, features, 'an encoded step; see the metadata "encoding"'),
      state(names.hidden, 'hidden states; zeros when an episode begins'),
      ...(hasCell ? [state(names.cell, 'cell states; zeros when an episode begins')] : []),
    ],
    outputs: [
      ...row(names.actionLogits, actions, 'of the next action; see the metadata "actions"'),
      ...row(names.actionProbabilities, actions, 'of the next action; they sum to 1'),
      ...row(names.timeProbabilities, timeBins, 'of the ticks until then; see "timeEdges"'),
      ...row(names.values, values, 'of fields at the next step, in their units; see "values"'),
      state(names.nextHidden, 'h of the next step'),
      ...(hasCell ? [state(names.nextCell, 'c of the next step')] : []),
    ],
  };
}
