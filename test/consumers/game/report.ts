/** What the test reads, as `globalThis.report`. */
export interface Report {
  actions: number;
  /** Trainings that ended. */
  bursts: number;
  /** The engine that trained; null before. */
  engine: string | null;
  /** The most probable next action; null while there is no prediction. */
  prediction: string | null;
  reply: string | null;
  /** What the plugin reports as having failed. */
  errors: string[];
}
