import { weightsOf } from '../../problem.ts';
import type { Problem } from '../../problem.ts';
import { encodeMessage } from './protobuf.ts';
import type { Field } from './protobuf.ts';

/** Numbers of onnx.proto. */
const MODEL = { irVersion: 1, graph: 7, opset: 8 } as const;
const OPSET = { version: 2 } as const;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, type: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, i: 3, type: 20 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, data: 9 } as const;
const FLOAT = 1;
const INT64 = 7;
const INT_ATTRIBUTE = 2;

/** Where ONNX' gates i, o, f, c stand among PyTorch's i, f, g, o. */
const GATES = [0, 3, 1, 2];

/**
 * One step of a one-layer LSTM with a linear head as an ONNX model: inputs x [1, 1, F], h and c
 * [1, 1, H]; outputs logits [1, C], and the next h and c.
 */
export function lstmStepModel(
  problem: Pick<Problem, 'shape' | 'weights'>,
): Uint8Array<ArrayBuffer> {
  const { features, units, actions, layers } = problem.shape;
  if (layers !== 1) throw new RangeError('one layer only');
  const gates = (name: string, rowLength: number): Float32Array =>
    reorderGates(weightsOf(problem, `lstm.${name}_l0`).data, rowLength * units);
  const bias = new Float32Array(8 * units);
  bias.set(gates('bias_ih', 1));
  bias.set(gates('bias_hh', 1), 4 * units);
  const state = [1, 1, units];
  return encodeMessage([
    [MODEL.irVersion, 8],
    [MODEL.opset, [[OPSET.version, 14]]],
    [
      MODEL.graph,
      [
        [GRAPH.name, 'lstm-step'],
        ...[
          node('LSTM', ['x', 'W', 'R', 'B', '', 'h', 'c'], ['', 'next_h', 'next_c'], {
            hidden_size: units,
          }),
          node('Squeeze', ['next_h', 'first_axis'], ['row']),
          node('Gemm', ['row', 'head', 'head_bias'], ['logits'], { transB: 1 }),
        ].map((fields): Field => [GRAPH.node, fields]),
        ...[
          tensor('W', [1, 4 * units, features], gates('weight_ih', features)),
          tensor('R', [1, 4 * units, units], gates('weight_hh', units)),
          tensor('B', [1, 8 * units], bias),
          tensor('head', [actions, units], weightsOf(problem, 'action.weight').data),
          tensor('head_bias', [actions], weightsOf(problem, 'action.bias').data),
          tensor('first_axis', [1], BigInt64Array.of(0n)),
        ].map((fields): Field => [GRAPH.initializer, fields]),
        [GRAPH.input, valueInfo('x', [1, 1, features])],
        [GRAPH.input, valueInfo('h', state)],
        [GRAPH.input, valueInfo('c', state)],
        [GRAPH.output, valueInfo('logits', [1, actions])],
        [GRAPH.output, valueInfo('next_h', state)],
        [GRAPH.output, valueInfo('next_c', state)],
      ],
    ],
  ]);
}

/** The blocks of PyTorch's four gates in ONNX' order. */
export function reorderGates(data: Float32Array, blockLength: number): Float32Array {
  const result = new Float32Array(data.length);
  GATES.forEach((from, to) => {
    const block = data.subarray(from * blockLength, (from + 1) * blockLength);
    result.set(block, to * blockLength);
  });
  return result;
}

function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number>> = {},
): readonly Field[] {
  return [
    ...inputs.map((name): Field => [NODE.input, name]),
    ...outputs.map((name): Field => [NODE.output, name]),
    [NODE.type, type],
    ...Object.entries(attributes).map(([name, value]): Field => {
      const fields: Field[] = [
        [ATTRIBUTE.name, name],
        [ATTRIBUTE.i, value],
        [ATTRIBUTE.type, INT_ATTRIBUTE],
      ];
      return [NODE.attribute, fields];
    }),
  ];
}

function tensor(
  name: string,
  dims: readonly number[],
  data: Float32Array | BigInt64Array,
): readonly Field[] {
  return [
    ...dims.map((dim): Field => [TENSOR.dims, dim]),
    [TENSOR.type, data instanceof Float32Array ? FLOAT : INT64],
    [TENSOR.name, name],
    [TENSOR.data, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
  ];
}

/** Name, and a tensor type of floats with fixed dimensions. */
function valueInfo(name: string, dims: readonly number[]): readonly Field[] {
  const shape = dims.map((dim): Field => [1, [[1, dim]]]);
  const tensorType: Field[] = [
    [1, FLOAT],
    [2, shape],
  ];
  return [
    [1, name],
    [2, [[1, tensorType]]],
  ];
}
