/** Something that can be repeated and timed: one engine at one piece of work. */
export interface Trial {
  /**
   * Numbers to compare with those of other engines; called once, before the first `run`. When
   * training: losses of the first updates.
   */
  check(): Promise<readonly number[]>;
  /** Does the work `times` times and waits until all of it is done. */
  run(times: number): Promise<void>;
  /** Frees what it holds. */
  dispose(): void;
}

/** How long a run took, by the clock of where it ran. */
export interface Timing {
  /** Of all runs together. */
  readonly ms: number;
  /** Compute dispatches that were given to a GPU. */
  readonly dispatches: number;
}

/** Updates whose losses are compared. */
export const CHECKED_UPDATES = 4;
