import type { CloseUp } from './close-up.ts';
import type { Scores } from './scorer.ts';
import type { TimeScores } from './time-scorer.ts';

/** One predictor's scores. */
export interface EvaluationRow extends Scores {
  readonly name: string;
}

/** The rows scored on the steps whose action is the player's own choice. */
export interface ChoicesReport {
  readonly predictions: number;
  readonly rows: readonly EvaluationRow[];
}

export interface TimingRow extends TimeScores {
  readonly name: string;
}

/** Source of the times that the baselines of time are fitted on. */
export type TimesFrom = 'baseline-data' | 'model' | 'training-files';

/** Predictions of the time to the next action, compared with plain frequencies of times. */
export interface TimingReport {
  readonly from: TimesFrom;
  readonly predictions: number;
  /** `unconditional`, `per-action`, then every row that predicts time. */
  readonly rows: readonly TimingRow[];
}

/** Shares in [0, 1] and nats, as in `Scores`. */
export type MinuteScores = Pick<Scores, 'top1' | 'logLoss'>;

/** One minute of play, over all episodes that lasted that long. */
export interface MinuteReport extends MinuteScores {
  /** Whole minutes since the first tick of the episode; 0 is the first minute. */
  readonly minute: number;
  readonly predictions: number;
  /** The other rows, by name. */
  readonly rows: Readonly<Record<string, MinuteScores>>;
}

/** The rows scored on the first actions of each player, when little is known of them yet. */
export interface FirstActionsReport {
  /** Most scored steps of a player. */
  readonly actions: number;
  /** Players of whom anything was scored; a player is a character in one session. */
  readonly players: number;
  readonly predictions: number;
  readonly rows: readonly EvaluationRow[];
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where a row's scores may lie on other sessions: 95 % bootstrap intervals; NaN with fewer than two sessions. */
export interface SessionIntervals {
  readonly name: string;
  readonly logLoss: Range;
  readonly top1: Range;
}

/** How much better the leading row is than another, on sessions like these. */
export interface LossInterval {
  /** Name of the other row. */
  readonly against: string;
  /** Its mean log-loss minus the leading row's, nats; above 0 the leading row is better. */
  readonly difference: number;
  /** 95 % bootstrap interval over sessions; NaN with fewer than two. */
  readonly low: number;
  readonly high: number;
}

/** Several predictors, all scored on exactly the same steps. */
export interface EvaluationReport {
  /** Number of steps that every row was scored on. */
  readonly predictions: number;
  /**
   * Which steps those are. `all`: each step but an episode's first. `changes`: of these, the ones whose
   * action differs from the one before. `everyTicks` data are scored on changes, because there
   * repeating the last action would score very well without predicting anything.
   */
  readonly scored: 'all' | 'changes';
  readonly rows: readonly EvaluationRow[];
  /** The row that `byMinute`, `intervals` and `closeUp` are about: see `leadingRow`. */
  readonly leading: string;
  /** Absent when no actions are named as choices. */
  readonly choices?: ChoicesReport;
  /** Absent for steps at fixed ticks, models without bins of time, and when there is nothing to fit baselines on. */
  readonly timing?: TimingReport;
  /** Ascending; minutes in which nothing was scored are left out. */
  readonly byMinute: readonly MinuteReport[];
  readonly firstActions: FirstActionsReport;
  /** One for each row, in their order. */
  readonly overSessions: readonly SessionIntervals[];
  /** The leading row compared with every other, in their order. */
  readonly intervals: readonly LossInterval[];
  readonly closeUp: CloseUp;
}

/** The row a report is about: `model-adaptive` where there is one, else `model`, else the last. */
export function leadingRow(names: readonly string[]): string {
  const known = ['model-adaptive', 'model'].find((name) => names.includes(name));
  return known ?? names[names.length - 1];
}
