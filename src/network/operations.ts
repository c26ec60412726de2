import type { FloatArray } from '../util/math.ts';
import type { LossWeights } from './heads.ts';
import type { EmbedNode, HeadsNode, LayerNode, NetworkGraph } from './graph.ts';
import type { WindowBatch } from './packing.ts';
import type { NetworkState } from './streaming.ts';

/**
 * What an engine computes of one node of the graph, for all rows at once. `M` is the engine's own handle of a
 * matrix [N, width] with a row for each place that it computes. The engine owns the memory: a result is valid
 * until the same node is computed again, and what the backward pass needs of the forward pass stays with the
 * engine, by node.
 */
export interface ForwardOperations<M> {
  readonly graph: NetworkGraph;
  /** [N, I] the first layers' input, after dropout. */
  embed(node: EmbedNode): M;
  /** [N, width] the result of a layer, or of the joined heads, after dropout. */
  layer(node: LayerNode, x: M): M;
}

/** Given the gradient of a layer's result, adds those of its weights and computes that of its input. */
export interface LayerBackward<M> {
  /** What the forward pass was given. */
  readonly x: M;
  /** [N, width] gradient of the result after dropout; may be overwritten. */
  readonly dOut: M;
  /** The gradient of `x` is added to it. Null: there is none yet. */
  readonly dX: M | null;
  /** Whether the gradient of `x` is needed. */
  readonly needed: boolean;
}

export interface LossOptions {
  readonly lossWeights: LossWeights;
  /** What the losses are a mean over: the sum of the mask, of the whole batch where this one is a part. */
  readonly targets: number;
}

/**
 * An engine's operations on whole batches, every window from zero state. Rows without a target need no heads.
 * `L` is what it knows of the losses when an operation returns: the losses, or a promise of them.
 */
export interface BatchOperations<M, L> extends ForwardOperations<M> {
  /** Copies a batch in, with dropout factors as `DropoutFactors` draws them; none without dropout. */
  begin(batch: WindowBatch, dropout: readonly Float32Array[]): void;
  /** Adds the experts' votes to the outputs, see `Vote`. */
  mixExperts(node: HeadsNode, outputs: M): void;
  /** Makes the outputs of `a` the mean of both. */
  mean(a: M, b: M): void;
  /** Losses of the outputs, which are overwritten with the gradient of their weighted sum. */
  losses(node: HeadsNode, outputs: M, options: LossOptions): L;
  /** Begins a gradient: all zeros. */
  beginBackward(): void;
  /** Overwrites the gates with their gradients, given those of the logits, and adds those of `matches`. */
  mixExpertsBackward(node: HeadsNode, dOutputs: M): void;
  /** Returns the gradient of `x`; null when it is not needed. */
  layerBackward(node: LayerNode, backward: LayerBackward<M>): M | null;
  /** Adds the gradients of the tables, given that of the result after dropout. */
  embedBackward(node: EmbedNode, dOut: M): void;
}

/** An engine's operations on one step of n characters, whose states are in its memory during the step. */
export interface StepOperations<A extends FloatArray, M> extends ForwardOperations<M> {
  readonly engine: 'wasm' | 'cpu';
  /** Copies [count, F] features in. */
  begin(features: FloatArray, count: number): void;
  /** Copies a state in as that of a row, or out. */
  load(row: number, state: NetworkState<A>): void;
  store(row: number, state: NetworkState<A>): void;
  /** Adds the matches' share to the gates. */
  addMatches(node: HeadsNode, outputs: M): void;
  /** The array with the outputs, valid until the next step, and the first element of a row. */
  floatsOf(outputs: M): A;
  at(node: HeadsNode, outputs: M, row: number): number;
  /** Replaces the weights by others of the same shape, flat; copied. */
  setWeights(weights: A): void;
}
