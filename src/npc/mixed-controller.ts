import type { Prediction } from '../predict/prediction.ts';
import type { CharacterSpec, WithSpec } from '../record/spec.ts';
import { entropy } from '../util/math.ts';
import { randomRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import { predictedShares } from './belief.ts';
import type { Controller, DecisionContext } from './controller.ts';
import { resolveDifficulty } from './difficulty.ts';
import type { ResolvedDifficulty } from './difficulty.ts';
import { drawIndex, isAvailable, Slips } from './draw-reply.ts';
import { solveMatrixGame } from './matrix-game.ts';
import type { MatrixGame } from './matrix-game.ts';
import { readPayoff } from './payoff.ts';
import type { PayoffMatrix, PayoffTable } from './payoff.ts';
import type { PayoffOptions } from './payoff-options.ts';
import { PredictionDelay } from './prediction-delay.ts';
import { requireRange } from './require-range.ts';
import { requireSpec } from './require-spec.ts';
import { restrictedNash } from './restricted-nash.ts';
import type { RestrictedNash } from './restricted-nash.ts';

/** `A` are the other's actions, `R` the NPC's replies, `P` is the payoff table. */
export interface MixedControllerOptions<
  A extends string = string,
  R extends string = A,
  P extends PayoffTable = PayoffTable,
> extends PayoffOptions<A, R, P> {
  /**
   * The most that a decision may lose, relative to the equilibrium's value, against an opponent who knows
   * the mix; in the payoff's unit, >= 0. 0 = always an equilibrium, the one that suits the prediction.
   */
  readonly maxExploitability: number;
}

export const MIXED_CONTROLLER_DEFAULTS = { maxAgeTicks: 180, minMass: 0.05 } as const;

/** The game restricted to the available replies, and its equilibrium. */
interface OpenReplies {
  readonly names: readonly string[];
  readonly gains: readonly Float64Array[];
  readonly game: MatrixGame;
}

/** How certain a prediction is, 0 to 1: see `MixedController`. */
export function confidenceOf(shares: ArrayLike<number>, mass: number): number {
  const most = Math.log(shares.length);
  return mass * (most > 0 ? Math.max(0, 1 - entropy(shares) / most) : 1);
}

/**
 * Uses predictions without becoming predictable: plays a restricted Nash response to the prediction,
 * between the equilibrium and the best reply, whose exploitability stays within a limit.
 *
 * When uncertain it plays safe: the most it may lose is
 * maxExploitability x trust x mass x (1 - entropy / ln n), where mass is the total probability that the
 * prediction gives to the payoff table's n actions, and the entropy is that of their shares. The limit is
 * 0 for equal shares, for a prediction about other actions and without a prediction: then it plays the
 * equilibrium of the available replies. The prediction is believed with the largest probability p that
 * keeps within the limit (`restrictedNash`), so p shrinks with it. The limit holds for the intended play;
 * random errors (`error`) are not included.
 *
 * Pass the newest prediction to every `decide`, or to `see` at every tick; it delays them itself. Every
 * decision draws exactly one number from `rng`.
 */
export class MixedController<
  A extends string = string,
  R extends string = A,
  P extends PayoffTable = PayoffTable,
> implements Controller<R> {
  readonly against: WithSpec<CharacterSpec<A>>;
  readonly #options: Required<Pick<MixedControllerOptions, 'maxExploitability' | 'minMass'>>;
  /** All actions of the other, in the order of a prediction. */
  readonly #actions: readonly string[];
  readonly #matrix: PayoffMatrix;
  readonly #indices: readonly number[];
  readonly #difficulty: ResolvedDifficulty;
  readonly #delay: PredictionDelay;
  readonly #slips: Slips;
  readonly #rng: Rng;
  readonly #shares: Float64Array;
  /** By the indices of the available replies. */
  readonly #open = new Map<string, OpenReplies>();
  #usedPrediction: Prediction | null = null;
  #played: RestrictedNash | null = null;

  /**
   * Throws `not-ready` while the model of `against` is not there, `bad-config` for a bad payoff table or an
   * option out of its range.
   */
  constructor(options: MixedControllerOptions<A, R, P>) {
    const { action, tickRate } = requireSpec('against', options.against);
    const rng = options.rng ?? randomRng();
    const all = { ...MIXED_CONTROLLER_DEFAULTS, tickRate, ...options, rng };
    requireRange('maxExploitability', all.maxExploitability);
    requireRange('minMass', all.minMass, 1);
    const actions: readonly string[] = action.actions;
    this.against = options.against;
    this.#options = all;
    this.#actions = actions;
    this.#matrix = readPayoff(all.payoff, { actions, replies: all.replies ?? actions });
    this.#indices = this.#matrix.actions.map((name) => actions.indexOf(name));
    this.#difficulty = resolveDifficulty(all);
    this.#delay = new PredictionDelay(all);
    this.#slips = new Slips(this.#difficulty, rng);
    this.#rng = rng;
    this.#shares = new Float64Array(this.#matrix.actions.length);
  }

  /** The prediction that the last decision used, or null: for overlays and tests. */
  get usedPrediction(): Prediction | null {
    return this.#usedPrediction;
  }

  /** The mix over the available replies that the last decision was drawn from, or null. */
  get played(): RestrictedNash | null {
    return this.#played;
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
    this.#delay.push(prediction);
    this.#usedPrediction = null;
    this.#played = null;
    const { names, gains, game } = this.#openReplies(available);
    if (!names.length) return null;
    const confidence = this.#believe(this.#delay.latest(tick));
    this.#played = restrictedNash({
      gains,
      belief: this.#shares,
      maxExploitability: confidence && confidence * this.#options.maxExploitability,
      maxTrust: confidence && 1,
      game,
    });
    const reply = names[drawIndex(this.#played.mix, this.#rng)];
    return (this.#slips.next(names, available) ?? reply) as R;
  }

  reset(): void {
    this.#delay.clear();
    this.#usedPrediction = null;
    this.#played = null;
  }

  /** Fills the shares; returns how far to trust them, 0 = not at all. */
  #believe(prediction: Prediction | null): number {
    const { trust } = this.#difficulty;
    if (!prediction || !(trust > 0)) return 0;
    const about = { actions: this.#actions, indices: this.#indices };
    const mass = predictedShares(prediction, about, this.#shares);
    if (!(mass >= this.#options.minMass && mass > 0)) return 0;
    this.#usedPrediction = prediction;
    return Math.min(1, trust * confidenceOf(this.#shares, mass));
  }

  #openReplies(available: readonly string[] | undefined): OpenReplies {
    const { replies, gains } = this.#matrix;
    const indices = replies.flatMap((reply, r) => (isAvailable(available, reply) ? [r] : []));
    const key = indices.join();
    let open = this.#open.get(key);
    if (!open) {
      const rows = indices.map((r) => gains[r]);
      open = {
        names: indices.map((r) => replies[r]),
        gains: rows,
        game: rows.length ? solveMatrixGame(rows) : { mix: new Float64Array(0), value: 0 },
      };
      this.#open.set(key, open);
    }
    return open;
  }
}
