import { basename } from 'node:path';
import type { EvaluationReport } from '../evaluate/evaluate.ts';
import { continuousReport, hasActionChanges } from '../evaluate/continuous.ts';
import { evaluateCheckpoint } from '../evaluate/evaluate.ts';
import { rolloutReport } from '../evaluate/rollouts.ts';
import { leaveOutTrained } from '../evaluate/leave-out-trained.ts';
import { reportCharts } from '../evaluate/report/report-charts.ts';
import type { ReportData } from '../evaluate/report/report-data.ts';
import { reportPage } from '../evaluate/report/report-page.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { ablate } from './ablate.ts';
import { baselineData, valueTraining } from './baseline-data.ts';
import type { BaselineData } from './baseline-data.ts';
import { continuousText } from './continuous-text.ts';
import { readCsvSpec, readModel, readRecordings, requireWritable, writeBytes } from './files.ts';
import { parseArguments, spreadFiles } from './parse-arguments.ts';
import { readReplay } from './replay-data.ts';
import {
  ablationTable,
  choicesTable,
  intervalLine,
  minutesTable,
  reportTable,
  timingTable,
} from './report-table.ts';
import { rolloutsText } from './rollouts-text.ts';
import { countOf } from './table.ts';
import { UsageError } from './usage-error.ts';

/** `foresight evaluate`. Returns the text to print. */
export async function evaluateCommand(
  args: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<string> {
  const { options, files } = parseArguments(spreadFiles(args, '--baseline-data', 2), {
    ablation: { kind: 'flag' },
    all: { kind: 'flag' },
    'baseline-data': { kind: 'texts' },
    choices: { kind: 'text' },
    spec: { kind: 'text' },
    json: { kind: 'flag' },
    report: { kind: 'text' },
    rollouts: { kind: 'flag' },
  });
  const [modelPath, ...paths] = files;
  if (!modelPath || !paths.length)
    throw new UsageError(
      `evaluate needs a model and at least one file of episodes, and got ${files.length ? `only "${modelPath}"` : 'neither'}. Write: foresight evaluate model.safetensors games.jsonl`,
    );
  if (options.report) requireWritable(options.report);
  const checkpoint = readModel(modelPath);
  const csv = readCsvSpec(options.spec);
  const recordings = await readRecordings(paths, csv);
  requireSameSpec(recordings.spec, checkpoint.spec, `The model "${modelPath}"`);
  const unseen = leaveOutTrained(checkpoint, recordings.episodes);
  const excludedSessions = options.all ? [] : unseen.excludedSessions;
  const episodes = options.all ? recordings.episodes : unseen.episodes;
  if (!episodes.length && excludedSessions.length)
    throw new ForesightError(
      'bad-data',
      `The model was trained on every session of ${paths.join(', ')}, so its scores on them would be too good. Give other recordings, or --all to score these anyway.`,
    );
  const from = { paths: options['baseline-data'], csv };
  const continuous = continuousReport(checkpoint, episodes, {
    training: await valueTraining(checkpoint, from, episodes),
  });
  const sessions = new Set(episodes.map(({ session }) => session));
  const page: ReportData = {
    model: basename(modelPath),
    spec: checkpoint.spec.name,
    tickRate: checkpoint.spec.tickRate,
    files: paths.map((path) => basename(path)),
    episodes: episodes.length,
    sessions: sessions.size,
    excludedSessions: excludedSessions.length,
    ...(continuous && { values: continuous }),
    ...(options.report && reportCharts(checkpoint, episodes)),
  };
  if (continuous && !hasActionChanges(episodes)) {
    if (options.report) savePage(options.report, page);
    const about = { model: modelPath, files: paths, episodes: episodes.length };
    return options.json
      ? JSON.stringify({
          ...NOTHING_SCORED,
          ...about,
          sessions: [...sessions],
          excludedSessions,
          continuous,
        })
      : [continuousText(continuous), ...savedLine(options.report)].join('\n');
  }
  const baselines = await baselineData(checkpoint, from, episodes);
  const report = evaluateCheckpoint(checkpoint, episodes, {
    baselineActions: baselines.actions,
    replay: await readReplay(checkpoint, csv),
    times: baselines.times,
    choices:
      options.choices?.split(',').map((name) => name.trim()) ??
      recordings.spec.action.choices ??
      checkpoint.spec.action.choices,
  });
  const parts = options.ablation ? await ablate(checkpoint, episodes, { csv, progress }) : null;
  const rollouts = options.rollouts
    ? rolloutReport(checkpoint, episodes, { baselineActions: baselines.actions })
    : null;
  const fitted = `${countOf(baselines.actions.length, 'episode')} of ${ORIGINS[baselines.from]}`;
  if (options.report) savePage(options.report, { ...page, report, baselines: fitted });
  if (options.json)
    return JSON.stringify({
      ...report,
      ...(continuous && { continuous }),
      ...(parts && { ablation: parts }),
      ...(rollouts && {
        rollouts: rollouts.horizons,
        rolloutsScored: { predictions: rollouts.predictions, every: rollouts.every },
      }),
      model: modelPath,
      files: paths,
      episodes: episodes.length,
      sessions: [...sessions],
      excludedSessions,
      baselines: { from: baselines.from, episodes: baselines.actions.length },
    });
  return [
    reportTable(report),
    '',
    scoredLine(report, episodes, sessions.size),
    ...(excludedSessions.length
      ? [
          `${countOf(excludedSessions.length, 'session')} left out because the model was trained on ${excludedSessions.length === 1 ? 'it' : 'them'} (--all scores all).`,
        ]
      : []),
    `Baselines fitted on ${fitted}.`,
    intervalLine(report),
    ...(report.choices ? ['', choicesTable(report.choices)] : []),
    ...(report.timing
      ? ['', timingTable(report.timing), `Times from ${ORIGINS[report.timing.from]}.`]
      : []),
    '',
    minutesTable(report),
    ...savedLine(options.report),
    ...(rollouts ? ['', rolloutsText(rollouts)] : []),
    ...(continuous ? ['', continuousText(continuous)] : []),
    ...(parts ? ['', ablationTable(parts)] : []),
  ].join('\n');
}

const savePage = (path: string, data: ReportData): void =>
  writeBytes(path, new TextEncoder().encode(reportPage(data)));

const savedLine = (path: string | undefined): string[] =>
  path ? ['', `Report saved: ${path}`] : [];

/** Replaces the report on actions for a log without actions. */
const NOTHING_SCORED = { predictions: 0, scored: 'changes', rows: [] } as const;

const ORIGINS: Readonly<Record<BaselineData['from'], string>> = {
  'baseline-data': 'the --baseline-data files',
  model: 'the data the model was trained on',
  'training-files': 'the files the model was trained on',
};

function scoredLine(
  { predictions, scored }: EvaluationReport,
  episodes: readonly Episode[],
  sessions: number,
): string {
  const what = scored === 'changes' ? 'action change' : 'step';
  return `${countOf(predictions, what)} predicted in ${countOf(episodes.length, 'episode')} of ${countOf(sessions, 'session')}.`;
}
