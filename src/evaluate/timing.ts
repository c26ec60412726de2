import type { Episode } from '../record/episode.ts';
import type { TimesFrom, TimingReport, TimingRow } from './evaluation-report.ts';
import type { RowTally } from './row-tally.ts';
import { timeBaselines } from './time-baselines.ts';
import { TimeScorer } from './time-scorer.ts';

/** Data for the baselines of time. */
export interface TimeCounts {
  readonly from: TimesFrom;
  /** [actions][bins], from `countTimes`, over the edges of the checkpoint. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Scores of predicted times to the next action: baselines first, then the rows that predict time.
 * Undefined when no row does.
 */
export function timingReport(
  episodes: readonly Episode[],
  tallies: readonly RowTally[],
  { edges, times }: { readonly edges: readonly number[]; readonly times: TimeCounts },
): TimingReport | undefined {
  const predicting = tallies.filter(({ time }) => time.count);
  if (!predicting.length) return undefined;
  const { unconditional, perAction } = timeBaselines(times.counts);
  const anyAction = new TimeScorer(edges);
  const byAction = new TimeScorer(edges);
  for (const { length, ticks, actions } of episodes)
    for (let i = 1; i < length; i++) {
      const duration = ticks[i] - ticks[i - 1];
      anyAction.add(unconditional, duration);
      byAction.add(perAction[actions[i - 1]], duration);
    }
  const row = (name: string, scorer: TimeScorer): TimingRow => ({ name, ...scorer.scores() });
  return {
    from: times.from,
    predictions: anyAction.count,
    rows: [
      row('unconditional', anyAction),
      row('per-action', byAction),
      ...predicting.map(({ name, time }) => row(name, time)),
    ],
  };
}
