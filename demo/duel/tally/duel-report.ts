import type { LiveAccuracy } from '../../../plugin/index.ts';
import type { Side } from '../rules/index.ts';
import type { Habit } from './habit-tally.ts';

/** Hits of a predictor so far. */
export interface AccuracyMark {
  readonly scored: number;
  readonly model: number;
  readonly mostFrequent: number;
}

/** What is told after a duel. Plain data. */
export interface DuelReport {
  readonly winner: Side;
  readonly wins: readonly [number, number];
  readonly rival: 'npc' | 'shadow';
  /** Actions foreseen of those that were predicted, of the duel alone; and by "always the commonest". */
  readonly scored: number;
  readonly foreseen: number;
  readonly commonest: number;
  /** Share foreseen of the newest actions, in [0, 1], as the duel went on; oldest first. */
  readonly course: readonly number[];
  /** Predictions that the rival acted on, and those of them that came true. */
  readonly acted: number;
  readonly right: number;
  readonly habits: readonly Habit[];
  /** Its surest prediction that came true, and why it made it; null when there was none. */
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

/** Where the figures stand: they go on over several duels, and a duel's own are a difference. */
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
