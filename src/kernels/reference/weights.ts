import { engineLayout, toEngine, toFlat } from '../../network/engine-layout.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import type { EmbedNode, NetworkGraph, RecurrentNode } from '../../network/graph.ts';
import type { WeightMatrix } from '../../network/parameters.ts';
import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Embedding } from './embed.ts';
import type { Matrix } from './matrix.ts';
import type { RecurrentWeights } from './recurrent.ts';

/** The matrices of a network, in the precision of its weights; also those of a gradient. */
export class Weights<A extends FloatArray> {
  readonly layout: EngineLayout;
  /** In the order of the layout. */
  readonly data: A;
  readonly #matrices: readonly Matrix<A>[];

  /** @param like an array of the precision to compute in */
  constructor(graph: NetworkGraph, like: A) {
    this.layout = engineLayout(graph);
    this.data = zerosLike(like, this.layout.length);
    const { data } = this;
    this.#matrices = this.layout.matrices.map((matrix) => ({ data, ...matrix }));
  }

  /** [inputs, outputs], a view. */
  of({ index }: WeightMatrix): Matrix<A> {
    return this.#matrices[index];
  }

  /** Copies flat weights in. Throws RangeError when their number is not that of the graph. */
  set(flat: A): void {
    this.data.set(toEngine(flat, this.layout));
  }

  /** A flat copy. */
  flat(): A {
    return toFlat(this.data, this.layout);
  }
}

/** The matrices of a recurrent layer. */
export const recurrentWeights = <A extends FloatArray>(
  { inputWeights, recurrentWeights: recurrent, inputBias, recurrentBias }: RecurrentNode,
  weights: Weights<A>,
): RecurrentWeights<A> => ({
  inputWeights: weights.of(inputWeights),
  recurrentWeights: weights.of(recurrent),
  inputBias: weights.of(inputBias),
  recurrentBias: weights.of(recurrentBias),
});

/** The embedded blocks with their tables. */
export const embeddingsOf = ({ blocks }: EmbedNode, weights: Weights<FloatArray>): Embedding[] =>
  blocks.map((block) => ({ ...block, table: weights.of(block.table) }));
