import type { ContextPart } from '../experts/context-part.ts';
import type { ExpertKindName } from '../experts/expert-kinds.ts';

/**
 * Why an action is predicted. All weights of evidence are in nats; above 0 they support the action.
 *
 * `network` and `experts` are exact: they explain why the network predicts the action and not another
 * one, and add up to `logOdds` = ln(p / p of the other) in its probabilities. Each expert contributes its
 * weight times the difference of its log-probabilities (the weight of evidence of Good, "Probability and
 * the Weighing of Evidence", 1950). The comparison is with one other action: in a comparison with the
 * mean over all actions, the logarithms of tiny probabilities would dominate.
 *
 * `pastSteps` and `observations` look into the network by occlusion (Zeiler and Fergus, "Visualizing and
 * Understanding Convolutional Networks", ECCV 2014): they are how much ln(probability) falls when the
 * network does not see a step or a field. They overlap and do not add up.
 */
export interface Explanation<A extends string = string> {
  /** Tick and steps of the prediction that is explained. */
  readonly tick: number;
  readonly steps: number;
  readonly action: A;
  readonly actionIndex: number;
  readonly probability: number;
  /** The action it is compared with: the most probable one of the others. */
  readonly against: A;
  readonly againstIndex: number;
  readonly againstProbability: number;
  readonly logOdds: number;
  /**
   * The network's share in the final probabilities, in [0, 1] (see `ExpertBlend` and `Safeguard`). The rest are
   * the experts without it, and simple models. At 1 the probabilities are the network's own.
   */
  readonly trust: number;
  /** The network's own share of `logOdds`. */
  readonly network: number;
  /** Largest share of `logOdds` first; empty for a model without experts. */
  readonly experts: readonly ExpertReason[];
  /** Newest first. */
  readonly pastSteps: readonly StepReason<A>[];
  /** Largest effect first. */
  readonly observations: readonly ObservationReason[];
}

/** The part of one expert in a prediction. */
export interface ExpertReason {
  /** What it counted: all players of the training data, this character, or this character's recent actions. */
  readonly knows: ExpertKindName;
  /** Its context, as far as it was found in its counts, the most informative part first; may be empty. */
  readonly context: readonly ContextPart[];
  /**
   * True: the whole context was found, and the counts are how often each action came after it. False:
   * they are the number of longer contexts in which each action came.
   */
  readonly complete: boolean;
  /**
   * Given where it did not count the actions themselves but how recent each was: "the same again", "back to the one
   * before". The counts are then of actions as recent as these.
   */
  readonly byRecency?: true;
  /** How often the action, the other action and any action came; old ones count less in `recent`. */
  readonly count: number;
  readonly againstCount: number;
  readonly total: number;
  /** The weight of its vote, by the network's gate, >= 0. */
  readonly weight: number;
  /** The probabilities that it gives to the action and to the other one. */
  readonly probability: number;
  readonly againstProbability: number;
  /** Its share of `logOdds`. */
  readonly contribution: number;
}

/** A step that the network remembers. */
export interface StepReason<A extends string = string> {
  /** Steps before the newest one; 0 = the newest. */
  readonly back: number;
  readonly tick: number;
  readonly action: A;
  /** How much ln(probability) falls without the step's action, duration and observation. */
  readonly effect: number;
}

/** Something that the network sees at every step. */
export interface ObservationReason {
  /** The character's own actions, the time between them, or a field. */
  readonly kind: 'actions' | 'durations' | 'field';
  /** Of the field; empty for the others. */
  readonly field: string;
  /** The field's newest value as the game passed it (a category by name, a vector as an array); null when not known. */
  readonly value: number | boolean | string | readonly (number | null)[] | null;
  readonly unit?: string;
  /** How much ln(probability) falls without it in all steps that are replayed. */
  readonly effect: number;
}

export interface ExplainOptions<A extends string = string> {
  /** Name of the action to explain; the most probable one unless given. */
  readonly action?: A;
  /** How many of the newest steps are removed, one by one; at most those that the predictor remembers. 0 = none. */
  readonly steps?: number;
  /** Whether fields are also removed from those steps, one by one. */
  readonly fields?: boolean;
}

export const EXPLAIN_DEFAULTS: Required<Omit<ExplainOptions, 'action'>> = {
  steps: 8,
  fields: true,
};
