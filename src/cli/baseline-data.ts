import { countTimes } from '../dataset/count-times.ts';
import type { TimeCounts } from '../evaluate/timing.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { readRecordings } from './files.ts';

/** The data for the baselines that the command line gives. */
export interface BaselineOptions {
  /** The --baseline-data files. */
  readonly paths: readonly string[];
  /** How to read CSV files. */
  readonly csv?: CsvSpec;
}

/** Data for the baselines. */
export interface BaselineData {
  /** Source: the files of the option, the checkpoint itself, or the files that the checkpoint names. */
  readonly from: 'baseline-data' | 'model' | 'training-files';
  readonly actions: readonly Uint16Array[];
  /** Times for the baselines of time; absent where the checkpoint has its own, or there are none. */
  readonly times?: TimeCounts;
}

/**
 * Data to fit the baselines on: the files given, else the actions in the checkpoint, else the files it
 * names, if they exist. Never a session that is scored, except one that the model learned from too
 * (--all), where model and baselines are on equal terms.
 *
 * Throws `bad-data` when there are no actions. Times are left out when there are none.
 */
export async function baselineData(
  checkpoint: Checkpoint,
  { paths, csv }: BaselineOptions,
  scored: readonly Episode[],
): Promise<BaselineData> {
  const { trainedOn, statistics } = checkpoint;
  if (paths.length) {
    const episodes = await givenEpisodes(checkpoint, { paths, csv }, scored);
    return {
      from: 'baseline-data',
      actions: episodes.map(({ actions }) => actions),
      times: timesOf(checkpoint, episodes, 'baseline-data'),
    };
  }
  if (trainedOn.actions.length) {
    const { actions } = trainedOn;
    if (statistics.timeCounts) return { from: 'model', actions };
    const episodes = await trainingEpisodes(checkpoint, csv).catch(() => []);
    return { from: 'model', actions, times: timesOf(checkpoint, episodes, 'training-files') };
  }
  const fix = 'Give recordings to fit them on: --baseline-data <files>.';
  if (!trainedOn.files.length)
    throw new ForesightError(
      'bad-data',
      `There is nothing to fit the baselines on: the model holds no actions and names no files. ${fix}`,
    );
  try {
    const episodes = await trainingEpisodes(checkpoint, csv);
    return {
      from: 'training-files',
      actions: episodes.map(({ actions }) => actions),
      ...(!statistics.timeCounts && { times: timesOf(checkpoint, episodes, 'training-files') }),
    };
  } catch (error) {
    throw new ForesightError(
      'bad-data',
      `There is nothing to fit the baselines on: the model holds no actions, and the files it was trained on (${trainedOn.files.join(', ')}) cannot be used: ${messageOf(error)} ${fix}`,
      { cause: error },
    );
  }
}

/** The episodes of --baseline-data outside the scored sessions. Throws `bad-data` when none is left. */
async function givenEpisodes(
  { spec }: Checkpoint,
  { paths, csv }: BaselineOptions,
  scored: readonly Episode[],
): Promise<readonly Episode[]> {
  const recordings = await readRecordings(paths, csv);
  requireSameSpec(spec, recordings.spec, `The baseline data (${paths.join(', ')})`);
  const sessions = new Set(scored.map(({ session }) => session));
  const episodes = recordings.episodes.filter(({ session }) => !sessions.has(session));
  if (episodes.length) return episodes;
  throw new ForesightError(
    'bad-data',
    'The --baseline-data holds nothing but sessions that are scored. Give recordings of other sessions.',
  );
}

/**
 * Whole episodes to fit baselines of observations and continuous targets on: the --baseline-data, else the
 * training data of the model if its files still exist, else none.
 */
export async function baselineEpisodes(
  checkpoint: Checkpoint,
  options: BaselineOptions,
  scored: readonly Episode[],
): Promise<readonly Episode[]> {
  if (options.paths.length) return givenEpisodes(checkpoint, options, scored);
  return trainingEpisodes(checkpoint, options.csv).catch(() => []);
}

/** The episodes that the model was trained on, from the files it names. Throws when they are missing. */
export async function trainingEpisodes(
  { trainedOn, spec }: Checkpoint,
  csv: CsvSpec | undefined,
): Promise<readonly Episode[]> {
  if (!trainedOn.files.length) return [];
  const recordings = await readRecordings(trainedOn.files, csv);
  requireSameSpec(spec, recordings.spec, `The training data (${trainedOn.files.join(', ')})`);
  const sessions = new Set(trainedOn.sessions);
  const episodes = recordings.episodes.filter(({ session }) => sessions.has(session));
  if (!episodes.length) throw new Error('none of its sessions is in them');
  return episodes;
}

function timesOf(
  { spec, statistics }: Checkpoint,
  episodes: readonly Episode[],
  from: TimeCounts['from'],
): TimeCounts | undefined {
  if (!episodes.length) return undefined;
  const counts = countTimes(statistics.timeEdges, spec.action.actions.length, episodes);
  return counts.length ? { from, counts } : undefined;
}
