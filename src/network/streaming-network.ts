import { softplus, zerosLike } from '../util/math.ts';
import type { FloatArray } from '../util/math.ts';
import type { Head, HeadsNode, NetworkGraph } from './graph.ts';
import { HEADS } from './heads.ts';
import type { StepOperations } from './operations.ts';
import type { NetworkOutput, NetworkState, Streaming } from './streaming.ts';

/** A head's part of the result. */
interface Part<A extends FloatArray> {
  readonly head: Head;
  readonly to: A;
}

/**
 * A network that takes one step at a time, for prediction, in terms of an engine's operations. Many characters
 * can share it: each has a state, outside of the engine's memory. A step allocates nothing.
 */
export class StreamingNetwork<
  A extends FloatArray,
  M = unknown,
  O extends StepOperations<A, M> = StepOperations<A, M>,
> implements Streaming<A> {
  readonly operations: O;
  readonly #like: A;
  readonly #output: NetworkOutput<A>;
  readonly #parts: readonly Part<A>[];
  /** Outputs of each branch's heads. */
  readonly #outputs: M[] = [];

  /** @param like an array of the precision to compute in */
  constructor(operations: O, like: A) {
    this.operations = operations;
    this.#like = like;
    const { heads } = operations.graph.branches[0].heads;
    const parts = HEADS.flatMap(({ name, output }) => {
      const head = heads.find((one) => one.name === name);
      return output ? [{ head, name: output.name, to: zerosLike(like, head?.size ?? 0) }] : [];
    });
    this.#output = Object.fromEntries(
      parts.map(({ name, to }) => [name, to]),
    ) as unknown as NetworkOutput<A>;
    this.#parts = parts.flatMap(({ head, to }) => (head ? [{ head, to }] : []));
  }

  get engine(): 'wasm' | 'cpu' {
    return this.operations.engine;
  }

  get shape(): NetworkGraph['shape'] {
    return this.operations.graph.shape;
  }

  /** Replaces the weights by others of the same shape. Throws RangeError when their number is wrong. */
  setWeights(weights: A): void {
    this.operations.setWeights(weights);
  }

  createState(): NetworkState<A> {
    const { cell, layers, units } = this.operations.graph.shape;
    return {
      hidden: zerosLike(this.#like, layers * units),
      cell: zerosLike(this.#like, cell === 'lstm' ? layers * units : 0),
    };
  }

  resetState(state: NetworkState<A>): void {
    state.hidden.fill(0);
    state.cell.fill(0);
  }

  step(state: NetworkState<A>, features: FloatArray): NetworkOutput<A> {
    const operations = this.operations;
    operations.begin(features, 1);
    operations.load(0, state);
    this.#run();
    operations.store(0, state);
    return this.#outputOf(0);
  }

  stepMany(
    states: readonly NetworkState<A>[],
    features: FloatArray,
    each: (output: NetworkOutput<A>, index: number) => void,
  ): void {
    if (!states.length) return;
    const operations = this.operations;
    operations.begin(features, states.length);
    for (let i = 0; i < states.length; i++) operations.load(i, states[i]);
    this.#run();
    for (let i = 0; i < states.length; i++) operations.store(i, states[i]);
    for (let i = 0; i < states.length; i++) each(this.#outputOf(i), i);
  }

  #run(): void {
    const operations = this.operations;
    const { input, branches } = operations.graph;
    const first = operations.embed(input);
    for (let b = 0; b < branches.length; b++) {
      const { layers, heads } = branches[b];
      let x = first;
      for (let i = 0; i < layers.length; i++) x = operations.layer(layers[i], x);
      const outputs = operations.layer(heads.linear, x);
      operations.addMatches(heads, outputs);
      this.#outputs[b] = outputs;
    }
  }

  /** The mean of the branches: of logits and values, and of the weights of the experts' votes. */
  #outputOf(row: number): NetworkOutput<A> {
    const { branches } = this.operations.graph;
    const isPair = branches.length > 1;
    const first = this.#at(branches[0].heads, 0, row);
    const second = isPair ? this.#at(branches[1].heads, 1, row) : first;
    const x = this.operations.floatsOf(this.#outputs[0]);
    const y = isPair ? this.operations.floatsOf(this.#outputs[1]) : x;
    for (let p = 0; p < this.#parts.length; p++) {
      const { head, to } = this.#parts[p];
      const [a, b] = [first + head.column, second + head.column];
      if (head.loss) for (let j = 0; j < to.length; j++) to[j] = (x[a + j] + y[b + j]) / 2;
      else
        for (let j = 0; j < to.length; j++) {
          const weight = softplus(x[a + j]);
          to[j] = isPair ? (weight + softplus(y[b + j])) / 2 : weight;
        }
    }
    return this.#output;
  }

  #at(node: HeadsNode, branch: number, row: number): number {
    return this.operations.at(node, this.#outputs[branch], row);
  }
}
