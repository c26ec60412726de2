import { MATCHES } from '../dataset/expert-votes.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import { sigmoid, softmax, softplus } from '../util/math.ts';
import { addVotes } from './add-votes.ts';

export interface MixerOptions {
  /** K and A. */
  readonly experts: number;
  readonly actions: number;
  /** Initial weights, see `mixerSize`; all experts count the same unless given. */
  readonly weights?: Float32Array;
}

/** The experts' matches and votes at one step, and how many steps of the player they have learned. */
interface MixedVotes extends Pick<ExpertVotes, 'matches' | 'logs'> {
  readonly seen: number;
}

/** Bias at the start: softplus(-1.2) = 0.26 for each expert, as the network's gate begins. */
const EVEN = -1.7;
/** In play. A mixer of an older file knows nothing of newness and learns faster. */
const [RATE, OLD_RATE] = [2e-3, 5e-3];
/** Of the first pass over the data; it falls to FLOOR of it in a straight line. */
const [FIT_RATE, FLOOR] = [5e-3, 0.02];
/** Steps after which a player is half as new: for the first moments, and for the first minutes. */
const HALF_NEW = [8, 60] as const;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * Mixes experts without a network: probabilities = softmax(sum over k of w[k] * logs[k]) with
 * w[k] = softplus(bias[k] + inputs[k] * weights[k]), learned step by step by Adam (Kingma and Ba 2015).
 * A network on top of the same experts must do better than this.
 *
 * The inputs are the expert's matches and how new the player is: experts that know only this player count for
 * less at first, and those of the population for more. Over a player's first 20 steps that is worth 0.010 nats
 * on rock-paper-scissors and 0.05 on Melee.
 */
export class ExpertMixer {
  /** Biases [K], then the weights of the inputs [K, inputs]; changed by `learn`. */
  readonly weights: Float32Array;
  /** How fast it learns. */
  rate: number;
  readonly #experts: number;
  /** Numbers of an expert's row: MATCHES, and in newer files how new the player is. */
  readonly #inputs: number;
  readonly #newness = new Float64Array(HALF_NEW.length);
  readonly #gate: Float64Array;
  /** softplus of the gate. */
  readonly #trust: Float64Array;
  readonly #shares: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #updates = 0;
  /** What Adam's means are divided by at this update, as they begin at 0. */
  #firstScale = 1;
  #secondScale = 1;

  constructor({ experts, actions, weights }: MixerOptions) {
    this.#experts = experts;
    this.weights = weights?.slice() ?? new Float32Array(mixerSize(experts)).fill(EVEN, 0, experts);
    if (!isMixerSize(this.weights.length, experts))
      throw new RangeError(`${this.weights.length} weights for ${experts} experts`);
    this.#inputs = this.weights.length / experts - 1;
    this.rate = this.#inputs > MATCHES ? RATE : OLD_RATE;
    this.#gate = new Float64Array(experts);
    this.#trust = new Float64Array(experts);
    this.#shares = new Float64Array(actions);
    this.#first = new Float64Array(this.weights.length);
    this.#second = new Float64Array(this.weights.length);
  }

  /** Probabilities [A] of the next action; valid until the next call. */
  mix({ matches, logs, seen }: MixedVotes): Float64Array {
    HALF_NEW.forEach((steps, j) => (this.#newness[j] = steps / (steps + seen)));
    for (let k = 0; k < this.#experts; k++) {
      const row = this.#row(k);
      let gate = this.weights[k];
      for (let j = 0; j < MATCHES; j++) gate += this.weights[row + j] * matches[MATCHES * k + j];
      for (let j = MATCHES; j < this.#inputs; j++)
        gate += this.weights[row + j] * this.#newness[j - MATCHES];
      this.#gate[k] = gate;
      this.#trust[k] = softplus(gate);
    }
    this.#shares.fill(0);
    addVotes(this.#shares, this.#trust, logs);
    softmax(this.#shares, this.#shares);
    return this.#shares;
  }

  /** Learns the action that came after the votes that were mixed last. */
  learn({ matches, logs }: Pick<MixedVotes, 'matches' | 'logs'>, action: number): void {
    const actions = this.#shares.length;
    this.#updates++;
    this.#firstScale = 1 - BETA1 ** this.#updates;
    this.#secondScale = 1 - BETA2 ** this.#updates;
    for (let k = 0; k < this.#experts; k++) {
      let slope = -logs[k * actions + action];
      for (let a = 0; a < actions; a++) slope += this.#shares[a] * logs[k * actions + a];
      slope *= sigmoid(this.#gate[k]);
      this.#update(k, slope);
      const row = this.#row(k);
      for (let j = 0; j < MATCHES; j++) this.#update(row + j, slope * matches[MATCHES * k + j]);
      for (let j = MATCHES; j < this.#inputs; j++)
        this.#update(row + j, slope * this.#newness[j - MATCHES]);
    }
  }

  /** First weight of an expert's row. */
  #row(k: number): number {
    return this.#experts + this.#inputs * k;
  }

  #update(at: number, slope: number): void {
    this.#first[at] += (1 - BETA1) * (slope - this.#first[at]);
    this.#second[at] += (1 - BETA2) * (slope * slope - this.#second[at]);
    const first = this.#first[at] / this.#firstScale;
    const second = this.#second[at] / this.#secondScale;
    this.weights[at] -= (this.rate * first) / (Math.sqrt(second) + EPSILON);
  }
}

/** Numbers of a mixer of K experts. */
export const mixerSize = (experts: number): number => (1 + MATCHES + HALF_NEW.length) * experts;

/** Whether a mixer of K experts has so many numbers, in this or an older file. */
export const isMixerSize = (size: number, experts: number): boolean =>
  size === mixerSize(experts) || size === (1 + MATCHES) * experts;

/** Passes over the data in which a mixer is fitted. */
const PASSES = 6;

/** Weights of a mixer fitted on the experts' votes in the episodes. */
export function fitMixer(
  votes: ReadonlyMap<Episode, ExpertVotes>,
  { experts, actions }: Pick<MixerOptions, 'experts' | 'actions'>,
): Float32Array {
  const mixer = new ExpertMixer({ experts, actions });
  const all =
    PASSES * [...votes.keys()].reduce((sum, { length }) => sum + Math.max(0, length - 1), 0);
  let done = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const seenOf = new Map<string, number>();
    for (const [episode, { matches, logs }] of votes) {
      const player = playerOf(episode);
      const before = seenOf.get(player) ?? 0;
      seenOf.set(player, before + Math.max(0, episode.length - 1));
      for (let i = 0; i + 1 < episode.length; i++) {
        mixer.rate = FIT_RATE * Math.max(FLOOR, 1 - done++ / all);
        const step = {
          seen: before + i,
          matches: matches.subarray(MATCHES * experts * i, MATCHES * experts * (i + 1)),
          logs: logs.subarray(experts * actions * i, experts * actions * (i + 1)),
        };
        mixer.mix(step);
        mixer.learn(step, episode.actions[i + 1]);
      }
    }
  }
  return mixer.weights;
}
