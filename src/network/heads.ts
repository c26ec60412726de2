import { timeExperts } from './shape.ts';
import type { NetworkShape } from './shape.ts';
import type { NetworkOutput } from './streaming.ts';

/** Weight of each loss in the one that is minimised. */
export type LossWeights = Readonly<Record<'action' | 'time' | 'values' | 'unaided', number>>;

/** What a head is for; see `HEADS`. */
export interface HeadKind {
  /** Part of the names of its parameters. */
  readonly name: string;
  /** Outputs of the head; 0 where a network has no such head. */
  size(shape: NetworkShape): number;
  /** How its outputs are compared with the targets in a batch, and the loss's name; null for gates. */
  readonly loss: HeadLoss | null;
  /** Which part of a step's result it is, and what one of its outputs stands for; null in training alone. */
  readonly output: { readonly name: keyof NetworkOutput; readonly what: string } | null;
  /** The head that its gates mix the experts' votes into, and where a batch has the votes; null for others. */
  readonly votes: { readonly head: string; readonly logs: 'experts' | 'timeExperts' } | null;
}

export type HeadLoss =
  | {
      readonly kind: 'crossEntropy';
      readonly name: 'action' | 'time' | 'unaided';
      readonly targets: 'actions' | 'timeBins';
      /** Whether distributions in the batch (`softActions`) replace the targets. */
      readonly soft: boolean;
    }
  | { readonly kind: 'squaredError'; readonly name: 'values'; readonly targets: 'values' };

/**
 * All heads that a network can have, in the order of their columns. A gate's outputs, through softplus, are
 * the weights of the experts' log-probabilities, which are added to the logits of another head. The unaided
 * head predicts the next action without those votes; only training uses it.
 */
export const HEADS = [
  {
    name: 'action',
    size: ({ actions }) => actions,
    loss: { kind: 'crossEntropy', name: 'action', targets: 'actions', soft: true },
    output: { name: 'actionLogits', what: 'action' },
    votes: null,
  },
  {
    name: 'time',
    size: ({ timeBins }) => timeBins,
    loss: { kind: 'crossEntropy', name: 'time', targets: 'timeBins', soft: false },
    output: { name: 'timeLogits', what: 'time bin' },
    votes: null,
  },
  {
    name: 'values',
    size: ({ values }) => values,
    loss: { kind: 'squaredError', name: 'values', targets: 'values' },
    output: { name: 'values', what: 'value' },
    votes: null,
  },
  {
    name: 'gate',
    size: ({ experts = 0 }) => experts,
    loss: null,
    output: { name: 'gate', what: 'expert' },
    votes: { head: 'action', logs: 'experts' },
  },
  {
    name: 'time_gate',
    size: timeExperts,
    loss: null,
    output: { name: 'timeGate', what: 'expert on the time' },
    votes: { head: 'time', logs: 'timeExperts' },
  },
  {
    name: 'unaided',
    size: ({ unaided, actions }) => (unaided ? actions : 0),
    loss: { kind: 'crossEntropy', name: 'unaided', targets: 'actions', soft: true },
    output: null,
    votes: null,
  },
] as const satisfies readonly HeadKind[];

export type HeadName = (typeof HEADS)[number]['name'];
