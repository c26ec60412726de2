import type { LossWeights } from './heads.ts';

export interface SgdConfig {
  readonly kind: 'sgd';
  readonly momentum: number;
}

/** Decoupled weight decay (AdamW, Loshchilov and Hutter 2019); 0 = plain Adam. */
export interface AdamConfig {
  readonly kind: 'adam';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export type OptimizerConfig = SgdConfig | AdamConfig;

/** What a weight update depends on: a part of the training config. */
export interface UpdateRules {
  readonly optimizer: OptimizerConfig;
  /** Penalties on weights, not biases: l1 * sum|w| and l2 * sum w^2 / 2 are added to the loss. */
  readonly l1: number;
  readonly l2: number;
  /** Share of the inputs of each recurrent layer and of the heads that is dropped while training, in [0, 1). */
  readonly dropout: number;
  /** The gradient is scaled down to this norm when longer; 0 = never. */
  readonly clipNorm: number;
  /** Weight of each head's loss; `unaided` is the auxiliary head of `ModelConfig.unaided`. */
  readonly lossWeights: LossWeights;
  readonly seed: number;
}
