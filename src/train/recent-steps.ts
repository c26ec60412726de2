import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { episodeOf } from '../record/episode.ts';
import type { Episode, Step } from '../record/episode.ts';
import { concat } from '../util/concat.ts';

/** The newest steps of an episode in progress, with the votes of the experts at each. */
export class RecentSteps {
  readonly #capacity: number;
  #steps: Step[] = [];
  #matches: Float32Array[] = [];
  #logs: Float32Array[] = [];
  #timeLogs: Float32Array[] = [];
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Steps added since the episode began. */
  get count(): number {
    return this.#count;
  }

  /** @param votes copied; null without experts */
  push(step: Step, votes: ExpertVotes | null): void {
    this.#count++;
    this.#steps.push(step);
    if (votes) {
      this.#matches.push(votes.matches.slice());
      this.#logs.push(votes.logs.slice());
      this.#timeLogs.push(votes.timeLogs.slice());
    }
    if (this.#steps.length <= this.#capacity) return;
    this.#steps.shift();
    this.#matches.shift();
    this.#logs.shift();
    this.#timeLogs.shift();
  }

  clear(): void {
    this.#count = 0;
    this.#steps = [];
    this.#matches = [];
    this.#logs = [];
    this.#timeLogs = [];
  }

  /** The steps held, at least one, as an episode. */
  episode(): Episode {
    return episodeOf(this.#steps);
  }

  /** The votes of the experts at the steps held; undefined without experts. */
  votes(): ExpertVotes | undefined {
    if (!this.#logs.length) return undefined;
    return {
      matches: concat(this.#matches, Float32Array),
      logs: concat(this.#logs, Float32Array),
      timeLogs: concat(this.#timeLogs, Float32Array),
    };
  }
}
