/** What is known of a recorded episode without reading its steps. */
export interface RecordedEpisode {
  readonly id: string;
  readonly session: string;
  /** Whose steps these are. */
  readonly character: string;
  readonly learn: boolean;
  readonly steps: number;
  /** Bytes of its steps. */
  readonly bytes: number;
  /** When its recording began: milliseconds since 1970; NaN when the store does not know. */
  readonly startedAt: number;
}
