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

/** Number of experts that vote on the time: all of them if there is a time head, else 0. */
export const timeExperts = ({ experts = 0, timeBins }: NetworkShape): number =>
  timeBins ? experts : 0;

/** Number of feature columns of the experts' matches, which are the last ones. */
export const matchWidth = ({ experts = 0 }: NetworkShape): number => MATCHES * experts;

/** Edges of the bins of time that experts vote on; none without a time head. */
export const votedEdges = (
  shape: NetworkShape,
  { timeEdges }: { readonly timeEdges: readonly number[] },
): readonly number[] => (timeExperts(shape) ? timeEdges : []);
