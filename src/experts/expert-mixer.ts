import { MATCHES } from '../dataset/expert-votes.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode } from '../record/episode.ts';
import { sigmoid, softmax, softplus } from '../util/math.ts';
import { addVotes } from './add-votes.ts';

export interface MixerOptions {
  /** K and A. */
  readonly experts: number;
  readonly actions: number;
  /** [K + K * MATCHES * K] initial weights; all experts count the same unless given. */
  readonly weights?: Float32Array;
}

/** The experts' matches and votes at one step. */
type MixedVotes = Pick<ExpertVotes, 'matches' | 'logs'>;

/** Bias at the start: softplus(-1.2) = 0.26 for each expert, as the network's gate begins. */
const EVEN = -1.7;
const RATE = 5e-3;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * Mixes experts without a network: probabilities = softmax(sum over k of w[k] * logs[k]) with
 * w[k] = softplus(bias[k] + matches * weights[k]), learned step by step by Adam (Kingma and Ba 2015).
 * A network on top of the same experts must do better than this.
 */
export class ExpertMixer {
  /** [K + K * MATCHES * K] biases, then the weights of the matches; changed by `learn`. */
  readonly weights: Float32Array;
  readonly #experts: number;
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
    if (this.weights.length !== mixerSize(experts))
      throw new RangeError(`${this.weights.length} weights for ${experts} experts`);
    this.#gate = new Float64Array(experts);
    this.#trust = new Float64Array(experts);
    this.#shares = new Float64Array(actions);
    this.#first = new Float64Array(this.weights.length);
    this.#second = new Float64Array(this.weights.length);
  }

  /** Probabilities [A] of the next action; valid until the next call. */
  mix({ matches, logs }: MixedVotes): Float64Array {
    for (let k = 0; k < this.#experts; k++) {
      const row = this.#row(k);
      let gate = this.weights[k];
      for (let j = 0; j < MATCHES; j++) gate += this.weights[row + j] * matches[MATCHES * k + j];
      this.#gate[k] = gate;
      this.#trust[k] = softplus(gate);
    }
    this.#shares.fill(0);
    addVotes(this.#shares, this.#trust, logs);
    softmax(this.#shares, this.#shares);
    return this.#shares;
  }

  /** Learns the action that came after the votes that were mixed last. */
  learn({ matches, logs }: MixedVotes, action: number): void {
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
    }
  }

  /** First weight of an expert's row. */
  #row(k: number): number {
    return this.#experts + MATCHES * k;
  }

  #update(at: number, slope: number): void {
    this.#first[at] += (1 - BETA1) * (slope - this.#first[at]);
    this.#second[at] += (1 - BETA2) * (slope * slope - this.#second[at]);
    const first = this.#first[at] / this.#firstScale;
    const second = this.#second[at] / this.#secondScale;
    this.weights[at] -= (RATE * first) / (Math.sqrt(second) + EPSILON);
  }
}

/** Numbers of a mixer of K experts. */
export const mixerSize = (experts: number): number => experts + MATCHES * experts;

/** Passes over the data in which a mixer is fitted. */
const PASSES = 6;

/** Weights of a mixer fitted on the experts' votes in the episodes. */
export function fitMixer(
  votes: ReadonlyMap<Episode, ExpertVotes>,
  { experts, actions }: Pick<MixerOptions, 'experts' | 'actions'>,
): Float32Array {
  const mixer = new ExpertMixer({ experts, actions });
  for (let pass = 0; pass < PASSES; pass++)
    for (const [episode, { matches, logs }] of votes)
      for (let i = 0; i + 1 < episode.length; i++) {
        const step = {
          matches: matches.subarray(MATCHES * experts * i, MATCHES * experts * (i + 1)),
          logs: logs.subarray(experts * actions * i, experts * actions * (i + 1)),
        };
        mixer.mix(step);
        mixer.learn(step, episode.actions[i + 1]);
      }
  return mixer.weights;
}
