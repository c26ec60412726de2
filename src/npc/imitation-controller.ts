import type { Prediction } from '../predict/prediction.ts';
import type { CharacterSpec, WithSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { randomRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import type { Controller, ControllerOptions, DecisionContext } from './controller.ts';
import { resolveDifficulty } from './difficulty.ts';
import type { DifficultyOptions } from './difficulty.ts';
import { drawIndex, isAvailable, Slips } from './draw-reply.ts';
import type { ReactionDelay } from './reaction-delay.ts';
import { requireSpec } from './require-spec.ts';

/** `A` are the actions of the recorded player. */
export interface ImitationControllerOptions<A extends string = string>
  extends ControllerOptions, DifficultyOptions {
  /** Whom it plays like: the model of the recorded player, a tracked character, or `{ spec }`. Its tick rate is that of `delayMs` too. */
  readonly like: WithSpec<CharacterSpec<A>>;
  /** The actions that it may play; what only happens to a character is never played. Those of the spec when absent. */
  readonly choices?: readonly NoInfer<A>[];
  /**
   * What to do in place of a choice that is not available, best first: `{ 'air-strike': ['strike'] }`.
   * A choice without an available stand-in is left out.
   */
  readonly standIns?: Readonly<Partial<Record<NoInfer<A>, readonly NoInfer<A>[]>>>;
  /** Probabilities are raised to the power of 1 / temperature: 1 = like the player, below 1 more predictable. */
  readonly temperature?: number;
  /**
   * Upper edges, ticks, of the bins of `Prediction.timeProbabilities` (`EncoderStatistics.timeEdges`).
   * With them the time is drawn too; without them an action begins after `Prediction.inTicks`.
   */
  readonly timeEdges?: readonly number[];
  /** The first actions of the recorded episodes, with repeats; drawn from before the first prediction. */
  readonly openings?: readonly NoInfer<A>[];
  /** Ticks after which it draws again when no new prediction followed an action, which then did not begin. */
  readonly patienceTicks?: number;
}

export const IMITATION_CONTROLLER_DEFAULTS = {
  temperature: 1,
  timeEdges: [],
  patienceTicks: 30,
} as const;

interface Settings {
  readonly actions: readonly string[];
  readonly choices: readonly string[];
  readonly standIns: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly openings: readonly string[];
  readonly temperature: number;
  readonly timeEdges: readonly number[];
  readonly patienceTicks: number;
}

/**
 * Plays like a recorded player: a shadow to fight. Give it predictions about the character that it
 * controls, made by a model of that player: after each action of the shadow, what would the player do
 * next, and when?
 *
 * Both the action and the time to it are drawn from the prediction. Always taking the likeliest action
 * would make it stand idle most of the time. The time is drawn once for each prediction; the action is
 * drawn when that time has come, from what is available then.
 *
 * No action begins sooner after a step than the reaction time, although a player may act on a plan
 * sooner: `reactionTicks: 0` leaves the timing to the recording alone. `trust` has no effect here.
 * Before the first prediction it only draws from `openings`.
 *
 * Works best with a network alone: the counts of a model with experts keep learning, from the shadow's
 * own play, and may drift away from the player's. In the duel its pairs of actions then differed two to
 * three times as much from the player's.
 */
export class ImitationController<A extends string = string> implements Controller<A> {
  readonly #options: Settings;
  readonly #reaction: number | ReactionDelay;
  readonly #slips: Slips;
  readonly #rng: Rng;
  readonly #weights: Float64Array;
  #prediction: Prediction | null = null;
  #due = 0;

  /** Throws `not-ready` while the model of `like` is not there, `bad-config` for unknown names or an option out of its range. */
  constructor(options: ImitationControllerOptions<A>) {
    const { action, tickRate } = requireSpec('like', options.like);
    const actions: readonly string[] = action.actions;
    const { choices = action.choices ?? actions, standIns = {}, openings = [] } = options;
    const rng = options.rng ?? randomRng();
    const all = { ...IMITATION_CONTROLLER_DEFAULTS, tickRate, ...options, rng };
    if (!(all.temperature > 0))
      throw new ForesightError(
        'bad-config',
        `temperature is ${all.temperature}. Give a number above 0; 1 plays like the player.`,
      );
    for (const name of [...choices, ...Object.keys(standIns), ...openings])
      if (!actions.includes(name))
        throw new ForesightError(
          'bad-config',
          `"${name}" is not an action of the recorded player. Use the player's actions: ${actions.join(', ')}.`,
        );
    const difficulty = resolveDifficulty(all);
    this.#options = { ...all, actions, choices, standIns, openings };
    this.#reaction = difficulty.reaction;
    this.#slips = new Slips(difficulty, rng);
    this.#rng = rng;
    this.#weights = new Float64Array(actions.length);
  }

  /** First tick at which the next action may begin, or be tried again; NaN without a prediction. */
  get dueTick(): number {
    return this.#prediction ? this.#due : NaN;
  }

  /**
   * The action to begin now; null when it is not time yet, or nothing the player would do is available.
   * `prediction` is about the character that this controller plays. Call it at every tick.
   */
  decide({ tick, prediction, available }: DecisionContext<A>): A | null {
    if (prediction && prediction !== this.#prediction) this.#take(prediction);
    if (tick < this.#due) return null;
    const { actions, choices, openings, patienceTicks } = this.#options;
    if (!prediction && (this.#prediction || !openings.length)) return null;
    const mistake = this.#slips.next(choices, available);
    if (mistake === null) this.#weigh(prediction, available);
    const index = mistake === null ? drawIndex(this.#weights, this.#rng) : -1;
    const action = mistake ?? actions[index] ?? null;
    if (action !== null) this.#due = tick + patienceTicks;
    return action as A | null;
  }

  reset(): void {
    this.#prediction = null;
    this.#due = 0;
  }

  #take(prediction: Prediction): void {
    const { actions } = this.#options;
    if (prediction.probabilities.length !== actions.length)
      throw new ForesightError(
        'spec-mismatch',
        `The prediction is about ${prediction.probabilities.length} actions, but the controller was made for ${actions.length}. Give it predictions about the character that it plays.`,
      );
    this.#prediction = prediction;
    const reaction = typeof this.#reaction === 'number' ? this.#reaction : this.#reaction.next();
    this.#due = prediction.tick + Math.max(reaction, this.#drawTime(prediction));
  }

  /** Ticks to the next action; 0 when the prediction has no time. */
  #drawTime({ timeProbabilities, inTicks }: Prediction): number {
    const { timeEdges } = this.#options;
    if (!timeEdges.length || timeProbabilities.length !== timeEdges.length + 1)
      return inTicks > 0 ? inTicks : 0;
    const bin = drawIndex(timeProbabilities, this.#rng);
    const from = bin > 0 ? timeEdges[bin - 1] : 0;
    // Uniform within a bin. The last one has no upper edge, but the wait must end.
    const to = timeEdges[bin] ?? from * 1.5;
    return Math.ceil(from + (to - from) * (1 - this.#rng.next()));
  }

  /** Weighs the available actions by the probability that the player would choose them. */
  #weigh(prediction: Prediction | null, available: readonly string[] | undefined): void {
    const { actions, choices, openings, standIns, temperature } = this.#options;
    this.#weights.fill(0);
    for (const choice of choices) {
      const probability = prediction
        ? prediction.probabilities[actions.indexOf(choice)]
        : openings.filter((name) => name === choice).length / openings.length;
      const doable = [choice, ...(standIns[choice] ?? [])].find(
        (name) => isAvailable(available, name) && actions.includes(name),
      );
      if (doable) this.#weights[actions.indexOf(doable)] += probability ** (1 / temperature);
    }
  }
}
