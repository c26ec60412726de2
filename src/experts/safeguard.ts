import type { Episode, Step } from '../record/episode.ts';
import type { FloatArray } from '../util/math.ts';
import { symbolsOf } from './category-ngram.ts';
import { FixedShare } from './fixed-share.ts';
import { LONGEST_HISTORY, learnAll } from './simple-models.ts';
import type { SimplePopulation } from './simple-models.ts';

/** First trust in the model; the simple models have the rest, each its part of `SimplePopulation.prior`. */
const MODEL = 0.6;
/** Share of the trust that returns to what it was at first, at every step. */
const SHARE = 1e-4;

export interface SafeguardOptions {
  /** The simple models; they belong to the safeguard from now on. */
  readonly population: SimplePopulation;
  readonly actions: number;
  /** Whether only changes of action count, as in a report on steps every n ticks. */
  readonly changes?: boolean;
}

/**
 * The last stage of prediction: mixes the model's probabilities with those of simple models that learn from
 * every step of the player, by how well each has predicted so far.
 *
 * Over the first T steps the log-loss of the mix is at most that of *any* of its predictors plus
 *
 *     ln(1 / prior) - (T - 1) * ln(1 - share * (1 - prior)) nats,
 *
 * whatever the predictors and the player do (after Herbster and Warmuth, "Tracking the Best Expert", Machine
 * Learning 32, 1998). By Bayes' rule trust * (probability of the action) is passed on, divided by what the mix
 * gave; of that a predictor keeps (1 - share) + share * prior / trust >= 1 - share * (1 - prior). The product over
 * all steps is a trust, so at most 1. With the priors here the price of a predictor, over 1,000 steps, is
 *
 *     0.51 + 0.04 nats   the model
 *     1.70 + 0.08 nats   the simple model that predicted the training data best, whether it learns in play or is
 *                        frozen, where it was clearly the best: **at most 0.002 nats a step**
 *     5.16 + 0.10 nats   any other: at most 0.005 nats a step, and 0.002 from 2,700 steps on
 *
 * No mix does better for all at once: e ** -price, summed over the predictors, is at most 1. What was tried, in 42
 * trainings in the small worlds where simple models are the best (test/evaluate/small-worlds.ts), as the nats lost in
 * 1,000 steps to the best simple row of a report, the most and on average:
 *
 *     first trust in the model 0.9, the rest even          5.6   1.4
 *     0.7, the rest by how well they predicted             4.4   0.4   (a frozen row was up to 3 nats better)
 *     0.7, and the best one frozen as well                 2.4   0.5
 *     0.6, and the best one frozen as well                 2.2   0.3   one of 42 above 2
 *
 * For a good model that is 0.4 nats more than a first trust of 0.9 would cost, once.
 *
 * Where steps come every n ticks most repeat the action before. A simple model that expects nothing else is right
 * nearly always and foresees no change. So there (`changes`) the model alone predicts whether the action changes,
 * and the mix is of the probabilities of the other actions if it does: all of the above holds for them, over the
 * first T changes.
 *
 * A temperature for the mix, learned at every step, was tried and gained nothing.
 *
 * A step costs about 10 microseconds and allocates nothing, except when the counts' tables grow.
 */
export class Safeguard {
  #population: SimplePopulation;
  readonly #share: FixedShare;
  /** [predictors][A] probabilities: the model's, then the simple models'. */
  readonly #predictors: readonly Float64Array[];
  /** The newest symbols, oldest first. */
  readonly #history = new Uint32Array(LONGEST_HISTORY);
  #length = 0;
  /** Whether the predictors are about the coming step. */
  #mixed = false;
  readonly #changes: boolean;

  constructor({ population, actions, changes = false }: SafeguardOptions) {
    const prior = [MODEL, ...population.prior.map((share) => (1 - MODEL) * share)];
    this.#population = population;
    this.#changes = changes;
    this.#share = new FixedShare({ prior, share: SHARE });
    this.#predictors = prior.map(() => new Float64Array(actions));
  }

  /** A safeguard with the same state, which shares the counts of this one. Advance it only with `suppose`. */
  fork(): Safeguard {
    return new Safeguard({
      population: this.#population,
      actions: this.#actions,
      changes: this.#changes,
    }).copyFrom(this);
  }

  /** Takes over the state of another safeguard of the same models, and shares its counts as a fork does. */
  copyFrom(other: Safeguard): this {
    this.#population = other.#population;
    this.#share.trust.set(other.#share.trust);
    this.#history.set(other.#history);
    this.#length = other.#length;
    return this;
  }

  /** Begins with what the safeguard of the player before has learned about the predictors, if they are the same. */
  follow(before: Safeguard): void {
    if (before.trust.length === this.trust.length) this.trust.set(before.trust);
  }

  /** Trust in the model, then in the simple models in the order of `SimplePopulation.prior`; sums to 1. */
  get trust(): Float64Array {
    return this.#share.trust;
  }

  /** Begins an episode; what was learned about the player stays. */
  reset(): void {
    this.#length = 0;
    this.#mixed = false;
  }

  /** Learns the player's earlier episodes, oldest first. Trust and the current episode stay. */
  recall(episodes: readonly Episode[]): void {
    const { models, symbolOf } = this.#population;
    for (const episode of episodes) {
      const symbols = symbolsOf(episode, symbolOf);
      for (const model of models) learnAll(model, symbols, this.#actions);
    }
  }

  /** Takes the next step and learns from it. */
  observe(step: Step): void {
    const { action } = step;
    if (this.#mixed && !(this.#changes && action === this.#last))
      this.#share.learn(this.#predictors, action);
    this.#mixed = false;
    for (const model of this.#population.models) model.learn(this.#history, action, this.#length);
    this.suppose(step);
  }

  /** Takes a step that may come next, without learning from it. */
  suppose(step: Step): void {
    const { models, frozen, symbolOf } = this.#population;
    if (this.#length === LONGEST_HISTORY) this.#history.copyWithin(0, 1);
    else this.#length++;
    this.#history[this.#length - 1] = symbolOf(step);
    for (let i = 0; i <= models.length; i++)
      (models[i] ?? frozen).probabilities(this.#history, this.#predictors[i + 1], this.#length);
  }

  /** Turns the model's probabilities [A] after the newest action into the final ones. */
  mix(probabilities: FloatArray): void {
    this.#predictors[0].set(probabilities);
    this.#mixed = true;
    const again = probabilities[this.#last];
    if (this.#changes) for (const own of this.#predictors) leaveOut(own, this.#last);
    this.#share.mix(this.#predictors, probabilities);
    if (!this.#changes) return;
    for (let a = 0; a < probabilities.length; a++) probabilities[a] *= 1 - again;
    probabilities[this.#last] = again;
  }

  get #actions(): number {
    return this.#predictors[0].length;
  }

  /** The newest action. */
  get #last(): number {
    return this.#history[this.#length - 1] % this.#actions;
  }
}

/** Turns a distribution into that of the other actions; even where nothing was left for them. */
function leaveOut(probabilities: Float64Array, action: number): void {
  probabilities[action] = 0;
  let sum = 0;
  for (let a = 0; a < probabilities.length; a++) sum += probabilities[a];
  for (let a = 0; a < probabilities.length; a++)
    if (a !== action)
      probabilities[a] = sum > 0 ? probabilities[a] / sum : 1 / (probabilities.length - 1);
}
