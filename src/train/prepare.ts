import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { fitStatistics } from '../dataset/fit-statistics.ts';
import { splitBySession } from '../dataset/split.ts';
import type { Split } from '../dataset/split.ts';
import type { EncoderStatistics } from '../dataset/statistics.ts';
import { residualsFrom } from '../model/residuals-from.ts';
import type { ValueTable } from '../dataset/value-table.ts';
import { WindowDataset } from '../dataset/windows.ts';
import { networkShape } from '../model/build-shape.ts';
import type { Checkpoint, TrainedOn } from '../model/checkpoint.ts';
import type { ModelConfig, TrainingConfig } from '../model/config.ts';
import { initialWeights } from '../network/initial-weights.ts';
import { votedEdges } from '../network/shape.ts';
import type { NetworkShape } from '../network/shape.ts';
import { describeTrainedOn } from '../model/trained-on.ts';
import { resolveModelConfig, resolveTrainingConfig } from '../model/resolve-config.ts';
import type { ModelConfigInput, TrainingConfigInput } from '../model/resolve-config.ts';
import { fitMixer } from '../experts/expert-mixer.ts';
import { fitExperts, withoutSessions } from '../experts/expert-table.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { expertCount } from '../experts/symbol-source.ts';
import { traceEpisodes } from '../experts/trace-episodes.ts';
import { columnNames } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { canonicalJson } from '../util/hash.ts';
import { fitValues } from './fit-values.ts';
import { describeCategory } from './trained-category.ts';
import { seenFeatures, silenceUnseenFeatures } from './unseen-features.ts';

/** A model from which a smaller one, the student, learns. */
export interface Teacher {
  /**
   * The student takes its statistics, so that both have the same features and bins, and, with as many
   * contexts, its experts.
   */
  readonly checkpoint: Checkpoint;
  /**
   * For each episode, distributions [steps, A] of the action after each step, to learn in place of the
   * action itself. Held-out episodes need none. Without them the student learns only from the actions.
   */
  readonly targets?: ReadonlyMap<Episode, Float32Array>;
}

/** What to train, and on which episodes. */
export interface RunOptions {
  readonly spec: CharacterSpec;
  /** Those marked "do not learn" are left out. */
  readonly episodes: readonly Episode[];
  /** Missing parts are the defaults. Ignored with `start`, whose network is trained. */
  readonly model?: ModelConfigInput;
  /** Missing parts are the defaults, also with `start`. */
  readonly training?: TrainingConfigInput;
  /**
   * Training continues from this checkpoint's weights, statistics and shape instead of from random
   * weights. Its weights are kept when no epoch does better on the held-out episodes.
   */
  readonly start?: Checkpoint;
  /** Trains the student of a larger model; not with `start`. */
  readonly teacher?: Teacher;
  /**
   * The session that is still being played. New experts leave it out of their counts of all players: in
   * play they count it for this player, and would count it twice. Of what it was trained on, the checkpoint then
   * carries only the newest.
   */
  readonly playing?: string;
  /** Names of the files the episodes came from, for the checkpoint. */
  readonly files?: readonly string[];
}

/** Everything a run needs before its first batch. */
export interface PreparedRun {
  readonly model: ModelConfig;
  readonly training: TrainingConfig;
  readonly statistics: EncoderStatistics;
  readonly shape: NetworkShape;
  /** Start weights. */
  readonly weights: Float32Array;
  /** For networks with experts. */
  readonly experts?: ExpertTable;
  /** For networks with continuous targets. */
  readonly values?: ValueTable;
  readonly train: WindowDataset;
  /** Null when there is nothing to hold out. */
  readonly heldOut: WindowDataset | null;
  readonly trainedOn: TrainedOn;
}

/** The checkpoint of a prepared run, with these weights. */
export function checkpointOf(
  {
    model,
    training,
    statistics,
    shape,
    experts,
    values,
    trainedOn,
  }: Omit<PreparedRun, 'weights' | 'train' | 'heldOut'>,
  own: Pick<Checkpoint, 'spec' | 'weights' | 'metrics'>,
): Checkpoint {
  return {
    model,
    training,
    statistics,
    shape,
    ...(experts && { experts }),
    ...(values && { values }),
    trainedOn,
    ...own,
  };
}

/** A complete config whose continuous targets are columns. */
function modelFor(spec: CharacterSpec, input?: ModelConfigInput): ModelConfig {
  const model = resolveModelConfig(input);
  return { ...model, continuous: columnNames(spec, model.continuous) };
}

/** What of a run is known before its windows are cut. */
export interface FittedRun extends Omit<
  PreparedRun,
  'weights' | 'train' | 'heldOut' | 'experts' | 'training'
> {
  /** New experts, whose mixer is not fitted yet, or those of the start checkpoint or the teacher. */
  readonly table?: ExpertTable;
  /** Whether the table is of the start checkpoint or the teacher, and so has its mixer. */
  readonly isKnownTable: boolean;
}

/**
 * Fits statistics and experts, on the training split only. Throws `bad-config`, `bad-data`, and `spec-mismatch`
 * when `start` is of another spec.
 */
export function fitRun(split: Split, options: RunOptions): FittedRun {
  const { spec, episodes, start, teacher } = options;
  if (start) requireSameSpec(spec, start.spec, 'The start checkpoint');
  if (teacher) requireSameSpec(spec, teacher.checkpoint.spec, 'The teacher');
  const model = start?.model ?? modelFor(spec, options.model);
  // Sessions without a step to predict teach nothing and, held out, choose no epoch.
  if (!split.train.some(isUseful)) throw nothingToLearn(episodes);
  const { statistics, values } = fittedTo(model, split, options);
  const shape = start?.shape ?? networkShape(model, spec, statistics);
  const known = knownExperts(model, options);
  const fitted = known ?? expertsOf(model, split.train, { spec, statistics });
  const { playing, files } = options;
  const table =
    fitted && !known && playing !== undefined
      ? withoutSessions(fitted, new Set([playing]))
      : fitted;
  const learned = [...split.train, ...split.heldOut];
  // The student learns what the teacher was trained on.
  const before = start?.trainedOn ?? teacher?.checkpoint.trainedOn;
  const category = describeCategory({
    spec,
    episodes: learned,
    // The student learns from the same episodes.
    ...(start?.trainedOn.category && { before: start.trainedOn.category }),
  });
  const trainedOn = {
    ...describeTrainedOn({ episodes: learned, files, before, isPlayed: playing !== undefined }),
    ...(category && { category }),
  };
  return {
    model,
    statistics,
    shape,
    ...(table && { table }),
    isKnownTable: known !== undefined,
    ...(values && { values }),
    trainedOn,
  };
}

/** Completes the configs, splits the episodes, fits a run and cuts its windows. Throws what `fitRun` throws. */
export function prepareRun(options: RunOptions): PreparedRun {
  const { spec, start, teacher } = options;
  const training = resolveTrainingConfig(options.training);
  const split = splitBySession(options.episodes, {
    fraction: training.heldOutFraction,
    seed: training.seed,
  });
  const { table, isKnownTable, ...fitted } = fitRun(split, options);
  const { model, statistics, shape, values } = fitted;
  const trace = (part: readonly Episode[]) =>
    table && traceEpisodes(spec, part, { table, timeEdges: votedEdges(shape, statistics) });
  const votes = trace(split.train);
  const cut = (
    part: readonly Episode[],
    expertVotes: typeof votes,
    softActions?: ReadonlyMap<Episode, Float32Array>,
  ): WindowDataset =>
    new WindowDataset({
      ...training,
      spec,
      statistics,
      episodes: part,
      votes: expertVotes,
      softActions,
      continuous: model.continuous,
      linear: residualsFrom(model, values),
    });
  const train = cut(split.train, votes, teacher?.targets);
  const heldOut = split.heldOut.some(isUseful) ? cut(split.heldOut, trace(split.heldOut)) : null;
  return {
    ...fitted,
    training,
    weights: start?.weights ?? freshWeights(shape, seenFeatures(shape, train), training.seed),
    ...(table && votes && { experts: isKnownTable ? table : withMixer(spec, table, votes) }),
    train,
    heldOut,
  };
}

/** The statistics and what is known of continuous targets: of the start checkpoint or the teacher, else new. */
function fittedTo(
  model: ModelConfig,
  { train, heldOut }: Split,
  { spec, start, teacher }: RunOptions,
): { readonly statistics: EncoderStatistics; readonly values?: ValueTable } {
  const known = start ?? teacher?.checkpoint;
  // A student may have other targets than its teacher.
  if (known && (start || isSameTargets(model, known.model))) return known;
  const statistics =
    known?.statistics ??
    fitStatistics(spec, train, {
      timeBins: model.timeBins,
      pieces: model.pieces,
      changes: model.valueTarget === 'level' ? [] : model.continuous,
    });
  // A regression has few coefficients for its data: it gains more from all of them than held-out errors lose.
  return fitValues(model, statistics, [...train, ...heldOut]) ?? { statistics };
}

const isSameTargets = (a: ModelConfig, b: ModelConfig): boolean =>
  a.valueTarget === b.valueTarget && canonicalJson(a.continuous) === canonicalJson(b.continuous);

/** The experts of the start checkpoint, or of a teacher with as many contexts. */
function knownExperts(
  { contexts }: ModelConfig,
  { start, teacher }: RunOptions,
): ExpertTable | undefined {
  const { model, experts } = start ?? teacher?.checkpoint ?? {};
  return contexts && contexts === model?.contexts ? experts : undefined;
}

/** New experts, chosen and counted on the training split. */
function expertsOf(
  { contexts }: ModelConfig,
  train: readonly Episode[],
  { spec, statistics }: { readonly spec: CharacterSpec; readonly statistics: EncoderStatistics },
): ExpertTable | undefined {
  if (!contexts) return undefined;
  return fitExperts(spec, train, { contexts, timeEdges: statistics.timeEdges });
}

/** A new table with a mixer that is fitted to its experts' votes. */
export function withMixer(
  spec: CharacterSpec,
  table: ExpertTable,
  votes: ReadonlyMap<Episode, ExpertVotes>,
): ExpertTable {
  const sizes = { experts: expertCount(table.plan), actions: spec.action.actions.length };
  return { ...table, mixer: fitMixer(votes, sizes) };
}

/**
 * Start weights.
 *
 * @param seen [F] whether a feature is ever anything but 0 in training
 */
export function freshWeights(
  shape: NetworkShape,
  seen: readonly boolean[],
  seed: number,
): Float32Array {
  const weights = initialWeights(shape, seed);
  silenceUnseenFeatures(weights, shape, seen);
  return weights;
}

/** Whether an episode has a step to predict. */
const isUseful = ({ length }: Episode): boolean => length > 1;

function nothingToLearn(episodes: readonly Episode[]): ForesightError {
  const count = `${episodes.length} episode${episodes.length === 1 ? '' : 's'}`;
  const why = !episodes.length
    ? 'there are no episodes'
    : !episodes.some(({ learn }) => learn)
      ? `all of the ${count} are marked "do not learn"`
      : `none of the ${count} to train on has two steps`;
  return new ForesightError(
    'bad-data',
    `There is nothing to learn from: ${why}. Record some play first, at least two actions in an episode.`,
  );
}
