import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { fitStatistics } from '../dataset/fit-statistics.ts';
import { splitBySession } from '../dataset/split.ts';
import type { EncoderStatistics } from '../dataset/statistics.ts';
import { WindowDataset } from '../dataset/windows.ts';
import { networkShape } from '../model/build-shape.ts';
import type { Checkpoint, TrainedOn } from '../model/checkpoint.ts';
import type { ModelConfig, TrainingConfig } from '../model/config.ts';
import { initialWeights } from '../model/initial-weights.ts';
import { votedEdges } from '../model/network-shape.ts';
import type { NetworkShape } from '../model/network-shape.ts';
import { resolveModelConfig, resolveTrainingConfig } from '../model/resolve-config.ts';
import type { ModelConfigInput, TrainingConfigInput } from '../model/resolve-config.ts';
import { fitMixer } from '../experts/expert-mixer.ts';
import { fitExperts, withoutSessions } from '../experts/expert-table.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { expertCount } from '../experts/symbol-source.ts';
import { traceEpisodes } from '../experts/trace-episodes.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { describeTrainedOn } from './trained-on.ts';
import { silenceUnseenFeatures } from './unseen-features.ts';

/** A model from which a smaller one learns, and what it hands down. */
export interface Teacher {
  /**
   * Whose statistics the student has, so that both see the same features and bins, and, where the
   * student has as many contexts, whose experts.
   */
  readonly checkpoint: Checkpoint;
  /**
   * Distributions [steps, A] of the action after each step of each episode, to be learned in place of
   * the action itself. Held-out episodes need none. Without them the student learns from the actions alone.
   */
  readonly targets?: ReadonlyMap<Episode, Float32Array>;
}

/** What to train, on what. */
export interface RunOptions {
  readonly spec: CharacterSpec;
  /** Those marked "do not learn" are left out. */
  readonly episodes: readonly Episode[];
  /** Missing parts are the defaults. Ignored with `start`, whose network it is then. */
  readonly model?: ModelConfigInput;
  /** Missing parts are the defaults, with `start` too. */
  readonly training?: TrainingConfigInput;
  /**
   * Goes on from this checkpoint's weights, statistics and shape instead of from random weights.
   * With held-out episodes its weights are kept when no epoch does better on them.
   */
  readonly start?: Checkpoint;
  /** Trains a student of a larger model; not with `start`. */
  readonly teacher?: Teacher;
  /**
   * Session that is still played: experts that begin now leave it out of what they know of all players.
   * In play they learn it as what they know of this player, and would count it twice.
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
  readonly train: WindowDataset;
  /** Null when there is nothing to hold out. */
  readonly heldOut: WindowDataset | null;
  readonly trainedOn: TrainedOn;
}

/**
 * Completes the configs, splits the episodes and fits what is to be fitted, on the training split
 * alone. Throws `bad-config`, `bad-data`, and `spec-mismatch` when `start` is of another spec.
 */
export function prepareRun(options: RunOptions): PreparedRun {
  const { spec, episodes, start, teacher } = options;
  const training = resolveTrainingConfig(options.training);
  if (start) requireSameSpec(spec, start.spec, 'The start checkpoint');
  if (teacher) requireSameSpec(spec, teacher.checkpoint.spec, 'The teacher');
  const model = start?.model ?? resolveModelConfig(options.model);
  const split = splitBySession(episodes, {
    fraction: training.heldOutFraction,
    seed: training.seed,
  });
  // Held-out sessions in which nothing can be predicted choose no epoch; training ones teach nothing.
  if (!split.train.some(isUseful)) throw nothingToLearn(episodes);
  const statistics =
    start?.statistics ??
    teacher?.checkpoint.statistics ??
    fitStatistics(spec, split.train, {
      timeBins: model.timeBins,
      pieces: model.pieces,
      changes: model.valueTarget === 'change' ? model.continuous : [],
    });
  const shape = start?.shape ?? networkShape(model, spec, statistics);
  const known = knownExperts(model, options);
  const fitted = known ?? expertsOf(model, split.train, { spec, statistics });
  const { playing } = options;
  const table =
    fitted && !known && playing !== undefined
      ? withoutSessions(fitted, new Set([playing]))
      : fitted;
  const trace = (part: readonly Episode[]) =>
    table && traceEpisodes(spec, part, { table, timeEdges: votedEdges(shape, statistics) });
  const votes = trace(split.train);
  const cut = (
    part: readonly Episode[],
    said: typeof votes,
    softActions?: ReadonlyMap<Episode, Float32Array>,
  ): WindowDataset =>
    new WindowDataset({
      ...training,
      spec,
      statistics,
      episodes: part,
      votes: said,
      softActions,
      continuous: model.continuous,
    });
  const train = cut(split.train, votes, teacher?.targets);
  const heldOut = split.heldOut.some(isUseful) ? cut(split.heldOut, trace(split.heldOut)) : null;
  return {
    model,
    training,
    statistics,
    shape,
    weights: start?.weights ?? freshWeights(shape, train, training.seed),
    ...(table && votes && { experts: known ?? withMixer(spec, table, votes) }),
    train,
    heldOut,
    trainedOn: describeTrainedOn({
      episodes: [...split.train, ...split.heldOut],
      files: options.files ?? [],
      // What the teacher learned, the student knows.
      before: start?.trainedOn ?? teacher?.checkpoint.trainedOn,
    }),
  };
}

/** Those of the start checkpoint, or of a teacher with as many contexts. */
function knownExperts(
  { contexts }: ModelConfig,
  { start, teacher }: RunOptions,
): ExpertTable | undefined {
  const { model, experts } = start ?? teacher?.checkpoint ?? {};
  return contexts && contexts === model?.contexts ? experts : undefined;
}

/** Chosen and counted on the training split. */
function expertsOf(
  { contexts }: ModelConfig,
  train: readonly Episode[],
  { spec, statistics }: { readonly spec: CharacterSpec; readonly statistics: EncoderStatistics },
): ExpertTable | undefined {
  if (!contexts) return undefined;
  return fitExperts(spec, train, { contexts, timeEdges: statistics.timeEdges });
}

function withMixer(
  spec: CharacterSpec,
  table: ExpertTable,
  votes: ReadonlyMap<Episode, ExpertVotes>,
): ExpertTable {
  const sizes = { experts: expertCount(table.plan), actions: spec.action.actions.length };
  return { ...table, mixer: fitMixer(votes, sizes) };
}

function freshWeights(shape: NetworkShape, train: WindowDataset, seed: number): Float32Array {
  const weights = initialWeights(shape, seed);
  silenceUnseenFeatures(weights, shape, train);
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
