import type { LiveAccuracy } from '../../../plugin/index.ts';
import type { Side } from '../rules/index.ts';
import type { Habit } from './habit-tally.ts';
import type { RoundTimeline } from './timeline.ts';

/** Counts of right predictions so far. */
export interface AccuracyMark {
  readonly scored: number;
  readonly model: number;
  readonly mostFrequent: number;
}

/** The report after a duel. Plain data. */
export interface DuelReport {
  readonly winner: Side;
  readonly wins: readonly [number, number];
  readonly rival: 'npc' | 'shadow';
  /** Predicted actions of this duel, those foreseen, and those that the most common action would be. */
  readonly scored: number;
  readonly foreseen: number;
  readonly commonest: number;
  /** Share of recent actions foreseen, in [0, 1], over the duel; oldest first. */
  readonly course: readonly number[];
  /** Predictions that the rival acted on, and how many came true. */
  readonly acted: number;
  readonly right: number;
  readonly habits: readonly Habit[];
  /** What was expected and what came, round by round. */
  readonly rounds: readonly RoundTimeline[];
  /** Its most confident prediction that came true, with the reason; null when there was none. */
  readonly surest: SurestRead | null;
  /** Whether the rival used predictions at all. */
  readonly predicted: boolean;
}

export interface SurestRead {
  readonly action: string;
  readonly probability: number;
  /** A sentence of `explanationText`. */
  readonly why: string;
}

/** The current counts. They run over several duels: those of one duel are a difference. */
export function markAccuracy(accuracy: LiveAccuracy | null): AccuracyMark {
  if (!accuracy || accuracy.scored === 0) return { scored: 0, model: 0, mostFrequent: 0 };
  const { scored, total } = accuracy;
  return {
    scored,
    model: Math.round(total.model * scored),
    mostFrequent: Math.round(total.mostFrequent * scored),
  };
}

/** The part of a duel between two marks. */
export const accuracyBetween = (
  before: AccuracyMark,
  after: AccuracyMark,
): Pick<DuelReport, 'scored' | 'foreseen' | 'commonest'> => ({
  scored: after.scored - before.scored,
  foreseen: after.model - before.model,
  commonest: after.mostFrequent - before.mostFrequent,
});
