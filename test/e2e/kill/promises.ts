import type { Found, Report } from './report.ts';

/** Steps that are older than this, ms, must be there after a kill. */
export const MOST_LOST_MS = 1000;

/** What a kill has cost, and every promise that was broken. */
export interface Verdict {
  /** From the first lost step to the last one, ms. */
  readonly lostMs: number;
  readonly lostSteps: number;
  readonly broken: readonly string[];
}

/** What a game has promised so far, by its reports over many visits. */
export class Promises {
  /** Steps of each episode that has ended and is stored. */
  readonly #stored = new Map<string, string>();
  /** When each step of an episode was played, ms. */
  readonly #played = new Map<string, number[]>();
  readonly #leaving = new Set<string>();
  readonly #gone = new Set<string>();
  /** Weights that may be kept; null for none. */
  #weights = new Set<number | null>([null]);
  /** Those since the last deletion began; null while none runs. */
  #since: Set<number | null> | null = null;
  /** Longest time in which the page could do nothing, ms, since its start. */
  #stall = 0;

  hear(report: Report): void {
    switch (report.kind) {
      case 'step': {
        const times = this.#played.get(report.id) ?? [];
        while (times.length < report.count) times.push(report.at);
        this.#played.set(report.id, times);
        return;
      }
      case 'stored':
        this.#stored.set(report.id, report.steps);
        return;
      case 'weights':
        this.#weights.add(report.crc);
        this.#since?.add(report.crc);
        return;
      case 'removing':
        this.#leaving.add(report.id);
        return;
      case 'removed':
        this.#gone.add(report.id);
        return;
      case 'clearing':
        for (const id of [...this.#stored.keys(), ...this.#played.keys()]) this.#leaving.add(id);
        this.#forgetting();
        return;
      case 'cleared':
        // What was being deleted; other episodes began since.
        for (const id of this.#leaving) this.#gone.add(id);
        this.#forgotten();
        return;
      case 'restoring':
        this.#forgetting();
        return;
      case 'restored':
        this.#forgotten();
        return;
      case 'stall':
        this.#stall = Math.max(this.#stall, report.ms);
        return;
      case 'found':
      case 'learned':
      case 'trained':
      case 'problem':
        return;
      default:
        report satisfies never;
    }
  }

  /** Compares with what the next visit found; begins again from that. */
  check({ episodes, damaged, kept }: Found): Verdict {
    const broken: string[] = [];
    if (damaged) broken.push(`${damaged} chunks are missing or belong to no episode`);
    if (!this.#weights.has(kept)) broken.push(`weights are kept that the model never had: ${kept}`);
    const found = new Map(episodes.map((one) => [one.id, one]));
    for (const id of this.#gone) if (found.has(id)) broken.push(`the deleted "${id}" came back`);
    for (const [id, steps] of this.#stored)
      if (!this.#leaving.has(id) && found.get(id)?.steps !== steps)
        broken.push(`the finished "${id}" ${found.has(id) ? 'changed' : 'is gone'}`);
    let lostMs = 0;
    let lostSteps = 0;
    for (const [id, times] of this.#played) {
      if (this.#stored.has(id) || this.#leaving.has(id)) continue;
      const lost = times.slice(found.get(id)?.count ?? 0);
      lostSteps += lost.length;
      if (lost.length) lostMs = Math.max(lostMs, lost[lost.length - 1] - lost[0]);
    }
    if (lostMs > MOST_LOST_MS + this.#stall)
      broken.push(`${Math.round(lostMs)} ms of play are lost`);
    this.#begin(episodes, kept);
    return { lostMs, lostSteps, broken };
  }

  #forgetting(): void {
    this.#since = new Set([null]);
    this.#weights.add(null);
  }

  #forgotten(): void {
    if (this.#since) this.#weights = this.#since;
    this.#since = null;
  }

  /** What is there at the start of a visit stays, as no player continues an old episode. */
  #begin(episodes: Found['episodes'], kept: number | null): void {
    this.#stored.clear();
    for (const { id, steps } of episodes) this.#stored.set(id, steps);
    this.#played.clear();
    this.#leaving.clear();
    this.#weights = new Set([kept]);
    this.#since = null;
    this.#stall = 0;
  }
}
