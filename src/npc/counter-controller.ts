import type { Prediction } from '../predict/prediction.ts';
import type { CharacterSpec, WithSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { randomRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import { predictedShares } from './belief.ts';
import type { Controller, DecisionContext } from './controller.ts';
import { resolveDifficulty } from './difficulty.ts';
import type { ResolvedDifficulty } from './difficulty.ts';
import { drawIndex, isAvailable, Slips } from './draw-reply.ts';
import { equilibrium } from './equilibrium.ts';
import { readPayoff } from './payoff.ts';
import type { PayoffMatrix, PayoffTable } from './payoff.ts';
import type { PayoffOptions } from './payoff-options.ts';
import { PredictionDelay } from './prediction-delay.ts';
import { requireRange } from './require-range.ts';
import { requireSpec } from './require-spec.ts';

/** `A` are the other's actions, `R` the NPC's replies, `P` is the payoff table. */
export interface CounterControllerOptions<
  A extends string = string,
  R extends string = A,
  P extends PayoffTable = PayoffTable,
> extends PayoffOptions<A, R, P> {
  /**
   * Scale, in the payoff's unit, of differences that it ignores: 0 = always the best reply; above 0,
   * reply r is played with a probability proportional to exp(gain(r) / temperature).
   */
  readonly temperature?: number;
  /**
   * Shares of the other's actions to assume without a prediction, scaled to sum to 1. When absent the
   * NPC plays the equilibrium of the payoff table in that case.
   */
  readonly prior?: Readonly<Partial<Record<NoInfer<A>, number>>>;
}

export const COUNTER_CONTROLLER_DEFAULTS = {
  maxAgeTicks: 180,
  temperature: 0,
  minMass: 0.05,
} as const;

type Settings = Required<Pick<CounterControllerOptions, keyof typeof COUNTER_CONTROLLER_DEFAULTS>>;

/**
 * Plays the reply that gains most, on average, against what the other will probably do.
 *
 * With a usable prediction (old enough, not too old, about actions of the payoff table): belief =
 * trust x prediction + (1 - trust) x prior. Only the predicted probabilities of the payoff table's
 * actions count, scaled to sum to 1. The prior is the given one, else the other's side of the
 * equilibrium.
 *
 * Without one it plays the best reply to the given prior, else the mixed equilibrium, which cannot be
 * exploited. So the same controller with trust 0 is a fair control for the question whether
 * predictions help. Every decision draws exactly one number from `rng` either way; delays and errors
 * (`DifficultyOptions`) use a separate generator.
 *
 * It delays predictions itself: pass the newest one to every `decide`. A game that calls `decide` only
 * now and then calls `see` with each new prediction, so that none is missed.
 */
export class CounterController<
  A extends string = string,
  R extends string = A,
  P extends PayoffTable = PayoffTable,
> implements Controller<R> {
  readonly against: WithSpec<CharacterSpec<A>>;
  readonly #options: Settings;
  /** All actions of the other, in the order of a prediction. */
  readonly #actions: readonly string[];
  readonly #difficulty: ResolvedDifficulty;
  readonly #slips: Slips;
  readonly #matrix: PayoffMatrix;
  /** Indices of the payoff table's actions in a prediction. */
  readonly #indices: readonly number[];
  readonly #delay: PredictionDelay;
  readonly #rng: Rng;
  /** Without a prediction: the mix assumed of the other, and our own; null = best reply to the prior. */
  readonly #prior: Float64Array;
  readonly #base: Float64Array | null;
  readonly #belief: Float64Array;
  readonly #weights: Float64Array;
  #usedPrediction: Prediction | null = null;

  /**
   * Throws `not-ready` while the model of `against` is not there, `bad-config` for a payoff table or prior
   * with unknown or missing cells.
   */
  constructor(options: CounterControllerOptions<A, R, P>) {
    const { action, tickRate } = requireSpec('against', options.against);
    const rng = options.rng ?? randomRng();
    const all = { ...COUNTER_CONTROLLER_DEFAULTS, tickRate, ...options, rng };
    requireRange('temperature', all.temperature);
    requireRange('minMass', all.minMass, 1);
    const actions: readonly string[] = action.actions;
    this.against = options.against;
    this.#options = all;
    this.#actions = actions;
    this.#matrix = readPayoff(all.payoff, { actions, replies: all.replies ?? actions });
    this.#indices = this.#matrix.actions.map((name) => actions.indexOf(name));
    this.#difficulty = resolveDifficulty(all);
    this.#slips = new Slips(this.#difficulty, rng);
    this.#delay = new PredictionDelay(all);
    this.#rng = rng;
    if (all.prior) {
      this.#prior = readPrior(all.prior, this.#matrix.actions);
      this.#base = null;
    } else {
      const mixed = equilibrium<string, string>(all.payoff);
      this.#prior = Float64Array.from(this.#matrix.actions, (name) => mixed.actions[name]);
      this.#base = Float64Array.from(this.#matrix.replies, (name) => mixed.replies[name]);
    }
    this.#belief = new Float64Array(this.#matrix.actions.length);
    this.#weights = new Float64Array(this.#matrix.replies.length);
  }

  /** The prediction that the last decision used, or null: for overlays and tests. */
  get usedPrediction(): Prediction | null {
    return this.#usedPrediction;
  }

  /** The shortest reaction time, ticks. */
  get reactionTicks(): number {
    return this.#delay.reactionTicks;
  }

  /** Passes a new prediction; it counts once the reaction time has passed. */
  see(prediction: Prediction | null): void {
    this.#delay.push(prediction);
  }

  /** The reply to play now; null when none of the available actions is a reply of the payoff table. */
  decide({ tick, prediction, available }: DecisionContext<R>): R | null {
    const { replies } = this.#matrix;
    this.#delay.push(prediction);
    const predicted = this.#difficulty.trust > 0 && this.#believe(this.#delay.latest(tick));
    if (!predicted) this.#belief.set(this.#prior);
    if (predicted || !this.#base) this.#weighReplies(available);
    else
      for (let r = 0; r < replies.length; r++)
        this.#weights[r] = isAvailable(available, replies[r]) ? this.#base[r] : 0;
    const reply = this.#draw(available);
    return (this.#slips.next(replies, available) ?? reply) as R | null;
  }

  reset(): void {
    this.#delay.clear();
    this.#usedPrediction = null;
  }

  /** Fills the belief; returns false when the prediction cannot be used. */
  #believe(prediction: Prediction | null): boolean {
    this.#usedPrediction = null;
    if (!prediction) return false;
    const { minMass } = this.#options;
    const { trust } = this.#difficulty;
    const about = { actions: this.#actions, indices: this.#indices };
    const mass = predictedShares(prediction, about, this.#belief);
    if (!(mass >= minMass && mass > 0)) return false;
    for (let a = 0; a < this.#belief.length; a++)
      this.#belief[a] = trust * this.#belief[a] + (1 - trust) * this.#prior[a];
    this.#usedPrediction = prediction;
    return true;
  }

  /** Weighs the available replies by what they gain against the belief. */
  #weighReplies(available: readonly string[] | undefined): void {
    const { replies, gains } = this.#matrix;
    const { temperature } = this.#options;
    let best = -Infinity;
    for (let r = 0; r < replies.length; r++) {
      let gain = 0;
      for (let a = 0; a < this.#belief.length; a++) gain += gains[r][a] * this.#belief[a];
      this.#weights[r] = isAvailable(available, replies[r]) ? gain : -Infinity;
      best = Math.max(best, this.#weights[r]);
    }
    // The same gains summed in another order may differ in the last bits; that is still a tie.
    const tie = 1e-9 * Math.max(1, Math.abs(best));
    for (let r = 0; r < replies.length; r++) {
      const gap = this.#weights[r] - best;
      if (this.#weights[r] === -Infinity) this.#weights[r] = 0;
      else if (temperature > 0) this.#weights[r] = Math.exp(gap / temperature);
      else this.#weights[r] = gap >= -tie ? 1 : 0;
    }
  }

  #draw(available: readonly string[] | undefined): string | null {
    const { replies } = this.#matrix;
    // The equilibrium may play none of the available replies; then any of them will do.
    if (!this.#weights.some((weight) => weight > 0))
      for (let r = 0; r < replies.length; r++)
        this.#weights[r] = isAvailable(available, replies[r]) ? 1 : 0;
    const chosen = drawIndex(this.#weights, this.#rng);
    return chosen < 0 ? null : replies[chosen];
  }
}

function readPrior(
  prior: Readonly<Partial<Record<string, number>>>,
  actions: readonly string[],
): Float64Array {
  for (const [action, share = NaN] of Object.entries(prior))
    if (!actions.includes(action) || !(share >= 0))
      throw new ForesightError(
        'bad-config',
        `The prior gives "${action}" the share ${share}. Give shares from 0 up, for actions of the payoff table: ${actions.join(', ')}.`,
      );
  const shares = Float64Array.from(actions, (action) => prior[action] ?? 0);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && sum < Infinity))
    throw new ForesightError(
      'bad-config',
      'The shares of the prior do not add up to more than 0. Give at least one action a share.',
    );
  return shares.map((share) => share / sum);
}
