import type { ContextPart } from '../experts/context-part.ts';
import type { ExpertKindName } from '../experts/expert-kinds.ts';

/**
 * Why an action is predicted. All weights of evidence are in nats; above 0 they speak for the action.
 *
 * `network` and `experts` are exact: they say why the network says the action and not another one, and
 * add up to `logOdds` = ln(p / p of the other) in its probabilities, each expert with its weight times the difference of
 * its log-probabilities (the weight of evidence of Good, "Probability and the Weighing of Evidence",
 * 1950). The other action matters: against the mean over all actions, those that are never done would
 * rule, with the logarithms of their tiny probabilities.
 *
 * `pastSteps` and `observations` look into the network by occlusion (Zeiler and Fergus, "Visualizing and
 * Understanding Convolutional Networks", ECCV 2014): by how much ln(probability) falls when the network
 * does not see them. They overlap and do not add up.
 */
export interface Explanation {
  /** Tick and steps of the prediction that is explained. */
  readonly tick: number;
  readonly steps: number;
  readonly action: string;
  readonly actionIndex: number;
  readonly probability: number;
  /** The action it is compared with: the most probable one besides. */
  readonly against: string;
  readonly againstIndex: number;
  readonly againstProbability: number;
  readonly logOdds: number;
  /**
   * How far the network is trusted, in [0, 1]: its share in the final probabilities (see `ExpertBlend`),
   * which are its own at 1, as always without experts. The rest are the experts without it.
   */
  readonly trust: number;
  /** The network's own share of `logOdds`. */
  readonly network: number;
  /** Largest share of `logOdds` first; empty for a model without experts. */
  readonly experts: readonly ExpertReason[];
  /** Newest first. */
  readonly pastSteps: readonly StepReason[];
  /** Largest effect first. */
  readonly observations: readonly ObservationReason[];
}

/** What one expert has to say. */
export interface ExpertReason {
  /** What it has watched: all players of the training data, this character, or what it did recently. */
  readonly knows: ExpertKindName;
  /** Its context as far as it was found in what it knows, the most telling part first; may be empty. */
  readonly context: readonly ContextPart[];
  /**
   * True: the whole context was found, and the counts are how often it came. False: the counts are in
   * how many longer contexts something came.
   */
  readonly complete: boolean;
  /** How often the action, the other action, and any action came then; older ones count for less in `recent`. */
  readonly count: number;
  readonly againstCount: number;
  readonly total: number;
  /** What its vote counts, by the network's gate, >= 0. */
  readonly weight: number;
  /** What it gives to the action and to the other one. */
  readonly probability: number;
  readonly againstProbability: number;
  /** Its share of `logOdds`. */
  readonly contribution: number;
}

/** A step that the network remembers. */
export interface StepReason {
  /** Steps before the newest one; 0 = the newest. */
  readonly back: number;
  readonly tick: number;
  readonly action: string;
  /** Without the step's action, duration and observation. */
  readonly effect: number;
}

/** Something that the network sees at every step. */
export interface ObservationReason {
  /** The character's own actions, the time between them, or a field. */
  readonly kind: 'actions' | 'durations' | 'field';
  /** Of the field; empty for the others. */
  readonly field: string;
  /** The field's newest value as the game gave it (a category by name); null when not known. */
  readonly value: number | boolean | string | null;
  readonly unit?: string;
  /** Without it in all steps looked at. */
  readonly effect: number;
}

export interface ExplainOptions {
  /** Name of the action to explain; the most probable one unless given. */
  readonly action?: string;
  /** Newest steps that are taken away one by one; at most those that the predictor remembers. 0 = none. */
  readonly steps?: number;
  /** Whether fields are taken away one by one from those steps. */
  readonly fields?: boolean;
}

export const EXPLAIN_DEFAULTS: Required<Omit<ExplainOptions, 'action'>> = {
  steps: 8,
  fields: true,
};
