/** What a test reads, as `globalThis.report`. */
export interface Report {
  actions: number;
  /** Updates of the network in play. */
  updates: number;
  /** The engine that made them; null before. */
  engine: string | null;
  /** The most probable next action; null while there is no prediction. */
  prediction: string | null;
  /** What the rival decided; null when it waits. */
  reply: string | null;
  /** What the plugin reports as having failed. */
  errors: string[];
}
