import type { Prediction } from '../predict/prediction.ts';
import { ForesightError } from '../util/error.ts';
import type { Rng } from '../util/rng.ts';
import type { Controller, ControllerOptions, DecisionContext } from './controller.ts';
import { resolveDifficulty } from './difficulty.ts';
import type { DifficultyOptions } from './difficulty.ts';
import { drawIndex, isAvailable, Slips } from './draw-reply.ts';
import type { ReactionDelay } from './reaction-delay.ts';

export interface ImitationControllerOptions extends ControllerOptions, DifficultyOptions {
  /** Names of the actions of the recorded player, in the order of the spec: of `Prediction.probabilities`. */
  readonly actions: readonly string[];
  /** Those that he chooses, of `actions`; what only happens to a character is never played. All when absent. */
  readonly choices?: readonly string[];
  /**
   * What to do in place of a choice that is not available, best first: `{ 'air-strike': ['strike'] }`.
   * A choice without an available stand-in is left out.
   */
  readonly standIns?: Readonly<Record<string, readonly string[]>>;
  /** Probabilities are taken to the power of 1 / temperature: 1 = as the player was, below 1 more rigid. */
  readonly temperature?: number;
  /**
   * Upper edges, ticks, of the bins of `Prediction.timeProbabilities` (`EncoderStatistics.timeEdges`):
   * with them the time is drawn too; without them an action comes after `Prediction.inTicks`.
   */
  readonly timeEdges?: readonly number[];
  /** What his episodes began with, as often as they did: drawn from before the first prediction. */
  readonly openings?: readonly string[];
  /** Ticks after which it draws again when an action brought no new prediction: it could not begin. */
  readonly patienceTicks?: number;
}

export const IMITATION_CONTROLLER_DEFAULTS = {
  temperature: 1,
  timeEdges: [],
  patienceTicks: 30,
} as const;

type Settings = ImitationControllerOptions &
  Required<
    Pick<ImitationControllerOptions, 'choices' | keyof typeof IMITATION_CONTROLLER_DEFAULTS>
  >;

/**
 * Plays as a recorded player does: a shadow to fight. Give it predictions about the character that it
 * plays itself, made by a model of that player: after each action of the shadow's, what would he do
 * next, and when?
 *
 * The action and the time to it are drawn from the prediction, the action never the likeliest one
 * just for being that: one who always did what is likeliest would mostly stand about. A time is drawn
 * once for each prediction, the action when the time has come, among what is available then.
 *
 * Nothing is begun sooner after a step than the reaction time, although a player may do what he had
 * planned sooner: `reactionTicks: 0` leaves the timing to the recording alone. `trust` does nothing
 * here: a shadow is its predictions. Before the first one it does nothing but begin, with `openings`.
 *
 * Best with a network alone: the counts of a model with experts go on learning, from the shadow's own
 * play, and may drift away from the player's. In the duel its pairs of actions were then two to three times
 * as far from his.
 */
export class ImitationController implements Controller {
  readonly #options: Settings;
  readonly #reaction: number | ReactionDelay;
  readonly #slips: Slips;
  readonly #rng: Rng;
  readonly #weights: Float64Array;
  #prediction: Prediction | null = null;
  #due = 0;

  /** Throws `bad-config` for unknown names or an option out of its range. */
  constructor(options: ImitationControllerOptions) {
    const { actions } = options;
    const all = { ...IMITATION_CONTROLLER_DEFAULTS, choices: actions, ...options };
    if (!(all.temperature > 0))
      throw new ForesightError(
        'bad-config',
        `temperature is ${all.temperature}. Give a number above 0; 1 plays as the player was.`,
      );
    const named = [...all.choices, ...Object.keys(all.standIns ?? {}), ...(all.openings ?? [])];
    for (const name of named)
      if (!actions.includes(name))
        throw new ForesightError(
          'bad-config',
          `"${name}" is no action of the recorded player. Use his actions: ${actions.join(', ')}.`,
        );
    const { reaction, error } = resolveDifficulty(all);
    this.#options = all;
    this.#reaction = reaction;
    this.#slips = new Slips(error, all.rng);
    this.#rng = all.rng;
    this.#weights = new Float64Array(actions.length);
  }

  /** Tick from which on the next action may begin (after one: be tried again); NaN without a prediction. */
  get dueTick(): number {
    return this.#prediction ? this.#due : NaN;
  }

  /**
   * The action to begin now, or null: it is not time yet, or nothing that he would do is available.
   * `prediction` is about the character that this controller plays. Call it at every tick.
   */
  decide({ tick, prediction, available }: DecisionContext): string | null {
    if (prediction && prediction !== this.#prediction) this.#take(prediction);
    if (tick < this.#due) return null;
    const { actions, choices, openings, patienceTicks } = this.#options;
    if (!prediction && (this.#prediction || !openings?.length)) return null;
    const mistake = this.#slips.next(choices, available);
    if (mistake === null) this.#weigh(prediction, available);
    const index = mistake === null ? drawIndex(this.#weights, this.#rng) : -1;
    const action = mistake ?? actions[index] ?? null;
    if (action !== null) this.#due = tick + patienceTicks;
    return action;
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

  /** Ticks to the next action; 0 when nothing is known of it. */
  #drawTime({ timeProbabilities, inTicks }: Prediction): number {
    const { timeEdges } = this.#options;
    if (!timeEdges.length || timeProbabilities.length !== timeEdges.length + 1)
      return inTicks > 0 ? inTicks : 0;
    const bin = drawIndex(timeProbabilities, this.#rng);
    const from = bin > 0 ? timeEdges[bin - 1] : 0;
    // Within a bin evenly; the last one has no edge above, and nobody waits for ever.
    const to = timeEdges[bin] ?? from * 1.5;
    return Math.ceil(from + (to - from) * (1 - this.#rng.next()));
  }

  /** What he would do, as far as it can be done now. */
  #weigh(prediction: Prediction | null, available: readonly string[] | undefined): void {
    const { actions, choices, openings = [], standIns, temperature } = this.#options;
    this.#weights.fill(0);
    for (const choice of choices) {
      const probability = prediction
        ? prediction.probabilities[actions.indexOf(choice)]
        : openings.filter((name) => name === choice).length / openings.length;
      const doable = [choice, ...(standIns?.[choice] ?? [])].find(
        (name) => isAvailable(available, name) && actions.includes(name),
      );
      if (doable) this.#weights[actions.indexOf(doable)] += probability ** (1 / temperature);
    }
  }
}
