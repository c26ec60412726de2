import { copyVotes } from '../dataset/expert-votes.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { episodeOf } from '../record/episode.ts';
import type { Episode, Step } from '../record/episode.ts';
import { concat } from '../util/concat.ts';

/** The newest steps of an episode in progress, with the votes of the experts at each. */
export class RecentSteps {
  readonly #capacity: number;
  readonly #steps: Step[] = [];
  readonly #votes: ExpertVotes[] = [];
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
    if (votes) this.#votes.push(copyVotes(votes));
    if (this.#steps.length <= this.#capacity) return;
    this.#steps.shift();
    this.#votes.shift();
  }

  /** The steps held, at least one, as an episode. */
  episode(): Episode {
    return episodeOf(this.#steps);
  }

  /** The votes of the experts at the steps held; undefined without experts. */
  votes(): ExpertVotes | undefined {
    if (!this.#votes.length) return undefined;
    const all = (name: keyof ExpertVotes): Float32Array =>
      concat(
        this.#votes.map((votes) => votes[name]),
        Float32Array,
      );
    return { matches: all('matches'), logs: all('logs'), timeLogs: all('timeLogs') };
  }
}
