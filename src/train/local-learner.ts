import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { OnlineOptions } from '../model/online-options.ts';
import type { Step } from '../record/episode.ts';
import type { LocalNetwork } from './local-backend.ts';
import { OnlineLearner, openNetwork } from './online-learner.ts';
import type { OnlineFigures } from './online-learner.ts';
import type { Replay } from './replay.ts';

/** An `OnlineLearner` on the calling thread, which waits for each update. */
export class LocalLearner {
  readonly #learner: OnlineLearner;
  #network: LocalNetwork;

  constructor(checkpoint: Checkpoint, replay: Replay, options: OnlineOptions = {}) {
    this.#learner = new OnlineLearner(checkpoint, replay, options);
    this.#network = openNetwork(this.#learner.network);
  }

  get figures(): OnlineFigures {
    return this.#learner.figures;
  }

  /**
   * Adds the next step of a character's episode. Returns the weights to predict with, or null when no update
   * was due.
   *
   * @param votes see `OnlineLearner`
   */
  observe(character: string, step: Step, votes: ExpertVotes | null): Float32Array | null {
    if (!this.#learner.observe(character, step, votes)) return null;
    this.#network.step(this.#learner.batch(character), this.#learner.rate);
    const { weights, rolledBack } = this.#learner.take(this.#network.weights);
    if (rolledBack) this.#network = openNetwork(this.#learner.network);
    return weights;
  }

  /** A character's episode ended. */
  reset(character: string): void {
    this.#learner.reset(character);
  }
}
