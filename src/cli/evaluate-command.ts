import type { EvaluationReport } from '../evaluate/evaluate.ts';
import { evaluateCheckpoint } from '../evaluate/evaluate.ts';
import { leaveOutTrained } from '../evaluate/leave-out-trained.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { readModel, readRecordings } from './files.ts';
import { parseArguments, spreadFiles } from './parse-arguments.ts';
import { reportTable } from './report-table.ts';
import { countOf } from './table.ts';
import { UsageError } from './usage-error.ts';

/** What the baselines were fitted on. */
interface BaselineData {
  /** The files of the option, the checkpoint itself, or the files that the checkpoint names. */
  readonly from: 'baseline-data' | 'model' | 'training-files';
  readonly actions: readonly Uint16Array[];
}

/** `foresight evaluate`. Returns what is printed. */
export async function evaluateCommand(args: readonly string[]): Promise<string> {
  const { options, files } = parseArguments(spreadFiles(args, '--baseline-data', 2), {
    all: { kind: 'flag' },
    'baseline-data': { kind: 'texts' },
    json: { kind: 'flag' },
  });
  const [modelPath, ...paths] = files;
  if (!modelPath || !paths.length)
    throw new UsageError(
      `evaluate needs a model and at least one file of episodes, and got ${files.length ? `only "${modelPath}"` : 'neither'}. Write: foresight evaluate model.safetensors games.jsonl`,
    );
  const checkpoint = readModel(modelPath);
  const recordings = await readRecordings(paths);
  requireSameSpec(recordings.spec, checkpoint.spec, `The model "${modelPath}"`);
  const unseen = leaveOutTrained(checkpoint, recordings.episodes);
  const excludedSessions = options.all ? [] : unseen.excludedSessions;
  const episodes = options.all ? recordings.episodes : unseen.episodes;
  if (!episodes.length && excludedSessions.length)
    throw new ForesightError(
      'bad-data',
      `The model was trained on every session of ${paths.join(', ')}, so scores on them would flatter it. Give other recordings, or --all to score these all the same.`,
    );
  const baselines = await baselineData(checkpoint, options['baseline-data'], episodes);
  const report = evaluateCheckpoint(checkpoint, episodes, { baselineActions: baselines.actions });
  const sessions = new Set(episodes.map(({ session }) => session));
  if (options.json)
    return JSON.stringify({
      ...report,
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
    `Baselines fitted on ${countOf(baselines.actions.length, 'episode')} of ${ORIGINS[baselines.from]}.`,
  ].join('\n');
}

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

/**
 * What to fit the baselines on: the files given, else the actions in the checkpoint, else the
 * files it names, as far as they are there. Never a session that is scored, except where the model
 * learned from it too (--all): then they are even.
 */
async function baselineData(
  checkpoint: Checkpoint,
  paths: readonly string[],
  scored: readonly Episode[],
): Promise<BaselineData> {
  const { trainedOn, spec } = checkpoint;
  if (paths.length) {
    const recordings = await readRecordings(paths);
    requireSameSpec(spec, recordings.spec, `The baseline data (${paths.join(', ')})`);
    const sessions = new Set(scored.map(({ session }) => session));
    const episodes = recordings.episodes.filter(({ session }) => !sessions.has(session));
    if (!episodes.length)
      throw new ForesightError(
        'bad-data',
        'The --baseline-data holds nothing but sessions that are scored. Give recordings of other sessions.',
      );
    return { from: 'baseline-data', actions: episodes.map(({ actions }) => actions) };
  }
  if (trainedOn.actions.length) return { from: 'model', actions: trainedOn.actions };
  const cure = 'Give recordings to fit them on: --baseline-data <files>.';
  if (!trainedOn.files.length)
    throw new ForesightError(
      'bad-data',
      `There is nothing to fit the baselines on: the model carries no actions and names no files. ${cure}`,
    );
  try {
    const recordings = await readRecordings(trainedOn.files);
    requireSameSpec(spec, recordings.spec, `The training data (${trainedOn.files.join(', ')})`);
    const sessions = new Set(trainedOn.sessions);
    const episodes = recordings.episodes.filter(({ session }) => sessions.has(session));
    if (!episodes.length) throw new Error('none of its sessions is in them');
    return { from: 'training-files', actions: episodes.map(({ actions }) => actions) };
  } catch (error) {
    throw new ForesightError(
      'bad-data',
      `There is nothing to fit the baselines on: the model carries no actions, and the files it was trained on (${trainedOn.files.join(', ')}) cannot be used: ${error instanceof Error ? error.message : String(error)} ${cure}`,
      { cause: error },
    );
  }
}
