import { encodeMessage } from './protobuf.ts';
import type { Field } from './protobuf.ts';

/** Numbers of the fields in onnx.proto. */
const MODEL = { irVersion: 1, producer: 2, doc: 6, graph: 7, opset: 8, metadata: 14 } as const;
const OPSET = { version: 2 } as const;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, type: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, i: 3, type: 20 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, data: 9 } as const;
const VALUE_INFO = { name: 1, type: 2, doc: 3 } as const;
const TYPE = { tensor: 1 } as const;
const TENSOR_TYPE = { element: 1, shape: 2 } as const;
const SHAPE = { dim: 1 } as const;
const DIM = { value: 1, name: 2 } as const;
const ENTRY = { key: 1, value: 2 } as const;

const FLOAT = 1;
const INT64 = 7;
const INT_ATTRIBUTE = 2;

/** The versions of ONNX 1.9: old enough for every runtime that has the operators in use. */
const IR_VERSION = 7;
const OPSET_VERSION = 14;

/** An array of 32-bit floats that goes into or comes out of a graph. */
export interface GraphPort {
  readonly name: string;
  /** A text names a dimension whose size is free. */
  readonly shape: readonly (number | string)[];
  readonly description: string;
}

export interface OnnxModelFacts {
  readonly graphName: string;
  readonly description: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly metadata: ReadonlyMap<string, string>;
}

export interface NodeOptions {
  /** Names of the outputs; a single new name when left out. An empty one is an output that is not needed. */
  readonly outputs?: readonly string[];
  readonly attributes?: Readonly<Record<string, number>>;
}

/** Collects the nodes and constants of an ONNX graph. All arrays are 32-bit floats, except constant sizes. */
export class OnnxGraph {
  readonly #nodes: Field[] = [];
  readonly #constants = new Map<string, Field>();

  /** Adds an operation on named arrays and returns the name of its first output. */
  node(type: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const { outputs = [`${type} ${this.#nodes.length}`], attributes = {} } = options;
    this.#nodes.push([
      GRAPH.node,
      [
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
      ],
    ]);
    return outputs[0];
  }

  /** Adds an array, row-major, and returns its name. The data must not change before `toModel`. */
  weights(name: string, shape: readonly number[], data: Float32Array): string {
    return this.#constant(name, shape, data);
  }

  /** Adds a list of sizes or axes and returns its name; the same list is added once. */
  sizes(values: readonly number[]): string {
    return this.#constant(
      `sizes ${values.join(' ')}`,
      [values.length],
      BigInt64Array.from(values, BigInt),
    );
  }

  /** The file. */
  toModel(facts: OnnxModelFacts): Uint8Array<ArrayBuffer> {
    return encodeMessage([
      [MODEL.irVersion, IR_VERSION],
      [MODEL.producer, 'phaser-foresight'],
      [MODEL.doc, facts.description],
      [MODEL.opset, [[OPSET.version, OPSET_VERSION]]],
      [
        MODEL.graph,
        [
          [GRAPH.name, facts.graphName],
          ...this.#nodes,
          ...this.#constants.values(),
          ...facts.inputs.map((port): Field => [GRAPH.input, valueInfo(port)]),
          ...facts.outputs.map((port): Field => [GRAPH.output, valueInfo(port)]),
        ],
      ],
      ...[...facts.metadata].map(([key, value]): Field => {
        const entry: Field[] = [
          [ENTRY.key, key],
          [ENTRY.value, value],
        ];
        return [MODEL.metadata, entry];
      }),
    ]);
  }

  #constant(name: string, shape: readonly number[], data: Float32Array | BigInt64Array): string {
    this.#constants.set(name, [
      GRAPH.initializer,
      [
        ...shape.map((size): Field => [TENSOR.dims, size]),
        [TENSOR.type, data instanceof Float32Array ? FLOAT : INT64],
        [TENSOR.name, name],
        [TENSOR.data, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
      ],
    ]);
    return name;
  }
}

function valueInfo({ name, shape, description }: GraphPort): readonly Field[] {
  const dims = shape.map((size): Field => {
    const dim: Field = typeof size === 'number' ? [DIM.value, size] : [DIM.name, size];
    return [SHAPE.dim, [dim]];
  });
  const tensor: Field[] = [
    [TENSOR_TYPE.element, FLOAT],
    [TENSOR_TYPE.shape, dims],
  ];
  return [
    [VALUE_INFO.name, name],
    [VALUE_INFO.type, [[TYPE.tensor, tensor]]],
    [VALUE_INFO.doc, description],
  ];
}
