/** How a parameter begins; `initialWeights` fills it in. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  /** In [-limit, limit). */
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  /** Orthogonal for each [units, units] block (Saxe et al. 2014). */
  | { readonly kind: 'orthogonal'; readonly units: number }
  /** Zeros, but 1 in the LSTM's forget gate (Jozefowicz et al. 2015). */
  | { readonly kind: 'forgetGate'; readonly units: number };

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

export interface GraphParameter extends Parameter {
  readonly initial: Initializer;
  /** The engines' matrix that holds it, and its first column there. */
  readonly matrix: WeightMatrix;
  readonly column: number;
}

/**
 * A matrix as engines keep it. PyTorch's [outputs, inputs] is transposed to [inputs, outputs], as in Keras, so
 * that numbers computed together lie next to each other; vectors are [1, outputs].
 */
export interface WeightMatrix {
  /** Position in `NetworkGraph.matrices`. */
  readonly index: number;
  readonly rows: number;
  /** Columns of one block, and how many blocks there are: the gates of a recurrent layer, else 1. */
  readonly columns: number;
  readonly blocks: number;
  /** A `table` is neither transposed nor padded: [rows, columns] as in PyTorch. A `vector` has one row. */
  readonly kind: 'matrix' | 'vector' | 'table';
}

/** Where every parameter sits in the flat weights. */
export interface ParameterLayout {
  readonly parameters: readonly Parameter[];
  /** Total number of weights: the parameter count. */
  readonly length: number;
}

/** The parameter of that name. Throws RangeError when the shape has none, which is a programming error. */
export function findParameter({ parameters }: ParameterLayout, name: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name);
  if (!found) throw new RangeError(`no parameter "${name}"`);
  return found;
}

/** Collects parameters and matrices while the nodes are made. */
export class GraphBuilder {
  readonly parameters: GraphParameter[] = [];
  readonly matrices: WeightMatrix[] = [];
  readonly dropped: number[] = [];
  length = 0;
  /** Layers and heads so far. */
  nodes = 0;

  matrix(
    rows: number,
    columns: number,
    { blocks = 1, kind = 'matrix' }: Partial<WeightMatrix> = {},
  ): WeightMatrix {
    const matrix = { index: this.matrices.length, rows, columns, blocks, kind };
    this.matrices.push(matrix);
    return matrix;
  }

  /** A matrix of one parameter: a vector where its shape has one number, else of its `kind`. */
  whole(
    name: string,
    shape: readonly number[],
    { blocks = 1, kind, initial }: Partial<WeightMatrix> & { initial: Initializer },
  ): WeightMatrix {
    const [outputs, inputs] = shape;
    const matrix =
      kind === 'table'
        ? this.matrix(outputs, inputs, { kind })
        : this.matrix(inputs ?? 1, outputs / blocks, {
            blocks,
            kind: inputs ? 'matrix' : 'vector',
          });
    this.parameter(name, shape, { matrix, initial });
    return matrix;
  }

  /** Declares a parameter that is part of `matrix`, from its `column` on. */
  parameter(
    name: string,
    shape: readonly number[],
    part: { matrix: WeightMatrix; column?: number; initial: Initializer },
  ): void {
    const length = shape.reduce((a, b) => a * b, 1);
    const kind = shape.length > 1 ? 'weight' : 'bias';
    this.parameters.push({ column: 0, ...part, name, shape, offset: this.length, length, kind });
    this.length += length;
  }

  /** Index of the dropout factors of a result of that width. */
  drop(width: number): number {
    return this.dropped.push(width) - 1;
  }
}
