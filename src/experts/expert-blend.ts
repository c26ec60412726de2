import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { FloatArray } from '../util/math.ts';
import type { ExpertFollower } from './expert-follower.ts';
import { EXPERTS_PER_CONTEXT, firstOfKind } from './expert-kinds.ts';
import { ExpertMixer } from './expert-mixer.ts';
import { FixedShare } from './fixed-share.ts';

/** First trust in the network, in the mixer that learns at every step, and in the mean of the experts of kind `recent`. */
const PRIOR = [0.6, 0.3, 0.1] as const;
const SHARE = 0.02;

export interface BlendOptions {
  /** The character's experts; read at every step. */
  readonly follower: ExpertFollower;
  readonly actions: number;
  /** Initial weights of the mixer; see `ExpertMixer`. */
  readonly mixer: Float32Array;
}

/**
 * The final probabilities of one character's next action: a blend of the network's, of those of the
 * experts mixed without it, and of the mean of the experts that know the player's recent actions, each
 * by how well it has predicted so far. When a player drops its habits, the network stays sure of the
 * old ones for minutes; here another predictor takes over within about ten steps.
 */
export class ExpertBlend {
  readonly follower: ExpertFollower;
  readonly #mixer: ExpertMixer;
  readonly #share = new FixedShare({ prior: PRIOR, share: SHARE });
  readonly #network: Float64Array;
  readonly #recent: Float64Array;
  /** As in PRIOR; overwritten by `blend`. */
  readonly #predictors: FloatArray[];
  /** Whether the predictors are about the coming step. */
  #blended = false;

  constructor({ follower, actions, mixer }: BlendOptions) {
    this.follower = follower;
    this.#mixer = new ExpertMixer({ experts: follower.experts, actions, weights: mixer });
    this.#network = new Float64Array(actions);
    this.#recent = new Float64Array(actions);
    this.#predictors = [this.#network, this.#network, this.#recent];
  }

  /** A blend with the same state. Advance its follower only with `suppose`, which does not learn; see `ExpertFollower.fork`. */
  fork(votes?: ExpertVotes | null): ExpertBlend {
    return new ExpertBlend({
      follower: this.follower.fork(votes),
      actions: this.#network.length,
      mixer: this.#mixer.weights,
    }).copyFrom(this);
  }

  /** Takes over the state of another blend of the same options. */
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

  /** Begins an episode; what was learned about the player stays. */
  reset(): void {
    this.follower.reset();
    this.#blended = false;
  }

  /** Learns the action that came after the last blend. Call it before the follower observes the step. */
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
