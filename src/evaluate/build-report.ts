import type { CharacterSpec } from '../record/spec.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { leadingRow } from './evaluation-report.ts';
import type {
  EvaluationReport,
  LossInterval,
  MinuteReport,
  Range,
  SessionIntervals,
} from './evaluation-report.ts';
import { FIRST_ACTIONS } from './row-tally.ts';
import type { RowTally } from './row-tally.ts';

/** Builds a report, without timing, from the tallies of its rows. Needs at least one row. */
export function buildReport(
  { action }: CharacterSpec,
  scored: EvaluationReport['scored'],
  tallies: readonly RowTally[],
): EvaluationReport {
  const leading = leadingRow(tallies.map(({ name }) => name));
  const lead = tallies.find(({ name }) => name === leading)!;
  const others = tallies.filter((tally) => tally !== lead);
  return {
    predictions: lead.all.count,
    scored,
    rows: tallies.map(({ name, all }) => ({ name, ...all.scores() })),
    leading,
    ...(lead.hasChoices && {
      choices: {
        predictions: lead.choices.count,
        rows: tallies.map(({ name, choices }) => ({ name, ...choices.scores() })),
      },
    }),
    firstActions: {
      actions: FIRST_ACTIONS,
      players: lead.players,
      predictions: lead.first.count,
      rows: tallies.map(({ name, first }) => ({ name, ...first.scores() })),
    },
    byMinute: byMinute(lead, others),
    overSessions: tallies.map(sessionIntervals),
    intervals: others.map((other) => lossInterval(lead, other)),
    closeUp: lead.closeUp.closeUp(leading, action.actions),
  };
}

function byMinute(lead: RowTally, others: readonly RowTally[]): MinuteReport[] {
  const minutes = [...lead.minutes].sort(([a], [b]) => a - b);
  const scoresOf = (tally: RowTally, minute: number): Pick<MinuteReport, 'top1' | 'logLoss'> => {
    const { top1, logLoss } = tally.minutes.get(minute)!.scores();
    return { top1, logLoss };
  };
  return minutes.map(([minute, { count }]) => ({
    minute,
    predictions: count,
    ...scoresOf(lead, minute),
    rows: Object.fromEntries(others.map((other) => [other.name, scoresOf(other, minute)])),
  }));
}

function sessionIntervals({ name, sessions }: RowTally): SessionIntervals {
  const over = (value: 'loss' | 'hits'): Range => {
    const sums = Array.from(sessions.values(), (one) => ({ sum: one[value], count: one.count }));
    const { low, high } = bootstrapInterval(sums);
    return { low, high };
  };
  return { name, logLoss: over('loss'), top1: over('hits') };
}

function lossInterval(lead: RowTally, other: RowTally): LossInterval {
  const differences = Array.from(lead.sessions, ([session, { loss, count }]) => ({
    sum: other.sessions.get(session)!.loss - loss,
    count,
  }));
  const { mean, low, high } = bootstrapInterval(differences);
  return { against: other.name, difference: mean, low, high };
}
