import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode, Step } from '../record/episode.ts';

/** The newest steps of an episode that is being played, with what the experts said at each. */
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

  /** Steps taken in since the episode began. */
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

  /** The steps held, as an episode. */
  episode(): Episode {
    const steps = this.#steps;
    return {
      id: 'recent',
      session: 'recent',
      character: 'recent',
      end: 'truncated',
      endTick: steps[steps.length - 1]?.tick ?? 0,
      learn: true,
      meta: {},
      length: steps.length,
      ticks: Int32Array.from(steps, ({ tick }) => tick),
      actions: Uint16Array.from(steps, ({ action }) => action),
      columns: Array.from({ length: steps[0]?.values.length ?? 0 }, (_, field) =>
        Float32Array.from(steps, ({ values }) => values[field]),
      ),
    };
  }

  /** What the experts said at the steps held; undefined without experts. */
  votes(): ExpertVotes | undefined {
    if (!this.#logs.length) return undefined;
    return {
      matches: joined(this.#matches),
      logs: joined(this.#logs),
      timeLogs: joined(this.#timeLogs),
    };
  }
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0].length;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => all.set(row, i * width));
  return all;
}
