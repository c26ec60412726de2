import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { FloatArray } from '../util/math.ts';
import type { ExpertFollower } from './expert-follower.ts';
import { EXPERTS_PER_CONTEXT, firstOfKind } from './expert-kinds.ts';
import { ExpertMixer } from './expert-mixer.ts';
import { FixedShare } from './fixed-share.ts';

/** Who is blended: the network, the mixer that learns at every step, the mean of the experts of kind `recent`. */
const PRIOR = [0.6, 0.3, 0.1] as const;
const SHARE = 0.02;

export interface BlendOptions {
  /** What is known of the character; read here at every step. */
  readonly follower: ExpertFollower;
  readonly actions: number;
  /** Weights of the mixer to begin with; see `ExpertMixer`. */
  readonly mixer: Float32Array;
}

/**
 * The last word on one character's next action: the network's probabilities, those of the experts
 * mixed without it, and the mean of those that know what it did recently, blended by how well each did
 * until now. Where a player drops its habits the network is sure of the old ones for minutes; here
 * another takes over within some ten steps.
 */
export class ExpertBlend {
  readonly follower: ExpertFollower;
  readonly #mixer: ExpertMixer;
  readonly #share = new FixedShare({ prior: PRIOR, share: SHARE });
  readonly #network: Float64Array;
  readonly #recent: Float64Array;
  /** As in PRIOR; overwritten by `blend`. */
  readonly #predictors: FloatArray[];
  /** Whether they are about the coming step. */
  #blended = false;

  constructor({ follower, actions, mixer }: BlendOptions) {
    this.follower = follower;
    this.#mixer = new ExpertMixer({ experts: follower.experts, actions, weights: mixer });
    this.#network = new Float64Array(actions);
    this.#recent = new Float64Array(actions);
    this.#predictors = [this.#network, this.#network, this.#recent];
  }

  /** A blend at the same place that trusts the same, to be led on by its follower's `suppose` alone; see `ExpertFollower.fork`. */
  fork(votes?: ExpertVotes | null): ExpertBlend {
    return new ExpertBlend({
      follower: this.follower.fork(votes),
      actions: this.#network.length,
      mixer: this.#mixer.weights,
    }).copyFrom(this);
  }

  /** Goes to where another blend of the same options is. */
  copyFrom(other: ExpertBlend): this {
    this.follower.copyFrom(other.follower);
    this.#mixer.weights.set(other.#mixer.weights);
    this.trust.set(other.trust);
    return this;
  }

  /** [3] trust in the network, the mixer and the experts of kind `recent`; sums to 1. */
  get trust(): Float64Array {
    return this.#share.trust;
  }

  /** An episode begins; what was learned of the player stays. */
  reset(): void {
    this.follower.reset();
    this.#blended = false;
  }

  /** Learns what came after the last blend: to be called before the follower sees it. */
  learn(action: number): void {
    if (!this.#blended) return;
    this.#share.learn(this.#predictors, action);
    this.#mixer.learn(this.follower, action);
    this.#blended = false;
  }

  /** Turns the network's probabilities [A] after the follower's last step into the blended ones. */
  blend(probabilities: Float32Array): void {
    this.#network.set(probabilities);
    this.#predictors[1] = this.#mixer.mix(this.follower);
    this.#averageRecent();
    this.#blended = true;
    this.#share.mix(this.#predictors, probabilities);
  }

  #averageRecent(): void {
    const { logs, experts } = this.follower;
    const actions = this.#recent.length;
    const contexts = experts / EXPERTS_PER_CONTEXT;
    this.#recent.fill(0);
    const first = firstOfKind('recent', contexts);
    for (let k = first; k < first + contexts; k++)
      for (let a = 0; a < actions; a++)
        this.#recent[a] += Math.exp(logs[k * actions + a]) / contexts;
  }
}
