import type { AblationRow } from '../evaluate/ablation.ts';
import type { ContinuousReport } from '../evaluate/continuous.ts';
import type { EvaluationReport } from '../evaluate/evaluate.ts';
import type { RolloutReport } from '../evaluate/rollouts.ts';
import type { BaselineData } from './baseline-data.ts';
import { continuousText } from './continuous-text.ts';
import {
  ablationTable,
  choicesTable,
  intervalLine,
  leftOutLines,
  minutesTable,
  reportTable,
  scoredCount,
  timingTable,
} from './report-table.ts';
import { rolloutsText } from './rollouts-text.ts';
import { countOf } from './table.ts';

/** What the baselines were fitted on. */
interface Fitted extends Pick<BaselineData, 'from'> {
  readonly episodes: number;
}

/** What `foresight evaluate` found out. */
export interface EvaluateResult {
  readonly model: string;
  readonly files: readonly string[];
  readonly episodes: number;
  readonly sessions: readonly string[];
  readonly excludedSessions: readonly string[];
  /** Where the page was saved. */
  readonly page?: string;
  /** For models with continuous targets. */
  readonly continuous?: ContinuousReport;
  /** Absent for a log of values whose actions never change. */
  readonly report?: EvaluationReport;
  /** Present with `report`. */
  readonly baselines?: Fitted;
  readonly ablation?: readonly AblationRow[];
  readonly rollouts?: RolloutReport;
}

/** Replaces the report on actions for a log without actions. */
const NOTHING_SCORED = { predictions: 0, scored: 'changes', rows: [] } as const;

export function evaluateJson(all: EvaluateResult): object {
  const { report, rollouts, page: _, ...result } = all;
  return {
    ...(report ?? NOTHING_SCORED),
    ...result,
    ...(rollouts && {
      rollouts: rollouts.horizons,
      rolloutsScored: { predictions: rollouts.predictions, every: rollouts.every },
    }),
  };
}

export function evaluateText(result: EvaluateResult): string {
  const { report, continuous, rollouts, ablation, page } = result;
  const parts = [
    ...(report ? scoreParts(report, result) : []),
    ...(rollouts ? [rolloutsText(rollouts)] : []),
    ...(continuous ? [continuousText(continuous)] : []),
    ...(ablation ? [ablationTable(ablation)] : []),
    ...(page ? [`Report saved: ${page}`] : []),
  ];
  return parts.join('\n\n');
}

function scoreParts(
  report: EvaluationReport,
  { episodes, sessions, excludedSessions, baselines }: EvaluateResult,
): string[] {
  const { choices, timing } = report;
  const facts = [
    `${scoredCount(report)} predicted in ${countOf(episodes, 'episode')} of ${countOf(sessions.length, 'session')}.`,
    ...leftOutLines(excludedSessions),
    ...(baselines ? [`Baselines fitted on ${fittedText(baselines)}.`] : []),
    intervalLine(report),
  ];
  return [
    reportTable(report),
    facts.join('\n'),
    ...(choices ? [choicesTable(choices)] : []),
    ...(timing ? [`${timingTable(timing)}\nTimes from ${ORIGINS[timing.from]}.`] : []),
    minutesTable(report),
  ];
}

const ORIGINS: Readonly<Record<BaselineData['from'], string>> = {
  'baseline-data': 'the --baseline-data files',
  model: 'the data the model was trained on',
  'training-files': 'the files the model was trained on',
};

/** "4 episodes of the files the model was trained on". */
export const fittedText = ({ from, episodes }: Fitted): string =>
  `${countOf(episodes, 'episode')} of ${ORIGINS[from]}`;
