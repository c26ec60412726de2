import type { ContinuousReport } from '../continuous.ts';
import type { EvaluationReport } from '../evaluation-report.ts';

/** How much each expert counted in a minute of play. */
export interface ExpertWeights {
  /** Whole minutes since the start of an episode; 0 is the first. */
  readonly minute: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** Actual and predicted values of one continuous target, pair by pair. */
export interface ContinuousPairs {
  readonly name: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

/** Everything that the page of a report shows. */
export interface ReportData {
  /** Scores of predicted actions; absent for logs in which no action ever changes. */
  readonly report?: EvaluationReport;
  /** Name or path of the model. */
  readonly model: string;
  /** Name of the spec. */
  readonly spec: string;
  /** Ticks per second. */
  readonly tickRate: number;
  readonly files: readonly string[];
  readonly episodes: number;
  readonly sessions: number;
  /** Sessions left out because the model was trained on them. */
  readonly excludedSessions: number;
  /** A description of the data that the baselines of actions were fitted on. */
  readonly baselines?: string;
  /** Scores of predicted values. */
  readonly values?: ContinuousReport;
  readonly expertWeights?: readonly ExpertWeights[];
  readonly continuous?: readonly ContinuousPairs[];
}
