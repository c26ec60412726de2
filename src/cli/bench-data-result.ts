import { bestBaseline, isBaseline } from '../evaluate/baselines.ts';
import type { ContinuousReport } from '../evaluate/continuous.ts';
import type { EvaluationReport, Range } from '../evaluate/evaluation-report.ts';
import { continuousText } from './continuous-text.ts';
import { scoredCount } from './report-table.ts';
import { alignTable, countOf, duration, percent } from './table.ts';

/** What was measured on one file of recordings. */
export interface BenchedSet {
  /** The file's name without its ending. */
  readonly set: string;
  readonly file: string;
  readonly sessions: number;
  readonly models: number;
  readonly seconds: number;
  /** Of the actions; null where they never change. */
  readonly report: EvaluationReport | null;
  /** Of the continuous fields; null where there are none. */
  readonly continuous: ContinuousReport | null;
}

interface ActionSet extends BenchedSet {
  readonly report: EvaluationReport;
}

const hasActions = (set: BenchedSet): set is ActionSet => set.report !== null;

/** A file that could not be measured. */
export interface FailedFile {
  readonly file: string;
  readonly message: string;
}

/** What `foresight bench-data` found out. */
export interface BenchDataResult {
  readonly seed: number;
  readonly sets: readonly BenchedSet[];
  readonly failed: readonly FailedFile[];
  readonly cancelled: boolean;
  /** Where it was saved. */
  readonly out?: string;
}

/** The best baseline and the rows of the model. */
const shownRows = (report: EvaluationReport): string[] => [
  bestBaseline(report)!.name,
  ...report.rows.flatMap(({ name }) => (isBaseline(name) ? [] : [name])),
];

export function benchDataJson({ sets, ...about }: BenchDataResult): object {
  return {
    ...about,
    sets: sets.map(({ report, continuous, ...set }) => ({
      ...set,
      ...(report && { best: bestBaseline(report)!.name, ...report }),
      ...(continuous && { continuous }),
    })),
  };
}

export function benchDataText({ sets, failed, cancelled, out }: BenchDataResult): string {
  const acting = sets.filter(hasActions);
  const parts = [
    ...(acting.length ? [setsTable(acting)] : []),
    ...sets.flatMap(({ set, continuous }) =>
      continuous ? [`${set}:\n${continuousText(continuous)}`] : [],
    ),
    sets.map(factsLine).join('\n'),
    [
      ...(cancelled ? ['Stopped early: the other sets were not scored.'] : []),
      ...(failed.length
        ? [`Not scored, see above: ${failed.map(({ file }) => file).join(', ')}.`]
        : []),
      ...(out !== undefined && sets.length ? [`Saved ${out}.`] : []),
    ].join('\n'),
  ];
  return parts.filter((part) => part).join('\n\n');
}

function setsTable(sets: readonly ActionSet[]): string {
  const { actions } = sets[0].report.firstActions;
  return alignTable([
    ['', 'log-loss', '95 %', 'top-1', '95 %', 'ece', `first ${actions}: log-loss`, 'top-1'],
    ...sets.flatMap(({ set, report }) => [[set], ...shownRows(report).map(cellsOf(report))]),
  ]);
}

const cellsOf =
  ({ rows, overSessions, firstActions }: EvaluationReport) =>
  (name: string, index: number): string[] => {
    const named = (row: { readonly name: string }): boolean => row.name === name;
    const { logLoss, top1, ece } = rows.find(named)!;
    const over = overSessions.find(named)!;
    const first = firstActions.rows.find(named)!;
    return [
      index ? `  ${name}` : `  ${name} (best simple)`,
      nats(logLoss),
      rangeText(over.logLoss, nats),
      percent(top1),
      rangeText(over.top1, share),
      ece.toFixed(3),
      nats(first.logLoss),
      percent(first.top1),
    ];
  };

/** What a set's rows were scored on. */
function factsLine({ set, sessions, models, seconds, report, continuous }: BenchedSet): string {
  const values = Math.max(0, ...(continuous?.targets ?? []).map((target) => target.predictions));
  const of = countOf(sessions, 'session');
  const facts = [
    ...(report ? [actionFacts(report, of)] : []),
    ...(continuous ? [`${countOf(values, 'step')} of ${of} for next values`] : []),
    countOf(models, 'model'),
    duration(seconds),
  ];
  return `${set}: ${facts.join(', ')}.`;
}

function actionFacts(report: EvaluationReport, sessions: string): string {
  const { players, predictions } = report.firstActions;
  return `${scoredCount(report)} of ${sessions} and ${countOf(players, 'player')} (${countOf(predictions, 'first action')})`;
}

const nats = (value: number): string => value.toFixed(3);
const share = (value: number): string => (100 * value).toFixed(1);

const rangeText = ({ low, high }: Range, text: (value: number) => string): string =>
  Number.isFinite(low) ? `${text(low)} to ${text(high)}` : '-';
