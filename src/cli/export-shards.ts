import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Encoder } from '../dataset/encoder.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Split } from '../dataset/split.ts';
import { WindowDataset } from '../dataset/windows.ts';
import { followerOptions } from '../experts/expert-follower.ts';
import { traceEach, VoteTracer } from '../experts/trace-episodes.ts';
import { serializeCheckpoint } from '../model/checkpoint-file.ts';
import { POPULATION_MODEL, populationTraining } from '../model/population.ts';
import { residualsFrom } from '../model/residuals-from.ts';
import { resolveTrainingConfig } from '../model/resolve-config.ts';
import type { ConfigFile } from '../model/resolve-config.ts';
import { votedEdges } from '../network/shape.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { checkpointOf, fitRun, freshWeights, withMixer } from '../train/prepare.ts';
import type { FittedRun } from '../train/prepare.ts';
import { noteFeatures } from '../train/unseen-features.ts';
import { createRng } from '../util/rng.ts';
import { DEFAULT_SEED } from './common-options.ts';
import { csvConfig } from './csv-config.ts';
import { writeBytes } from './files.ts';
import { packWindow, VOTE_STEP } from './pack-window.ts';
import { RecordingStream } from './recording-stream.ts';
import { planShards, windowsOf } from './shard-plan.ts';
import type { ShardPlan } from './shard-plan.ts';
import { ShardWriter } from './shard-writer.ts';
import { stepsOf } from './table.ts';
import { requireEpisodes } from './training.ts';
import { UsageError } from './usage-error.ts';

export interface ShardsOptions {
  readonly out: string;
  readonly shards: number;
  readonly seed?: number;
  readonly csv?: CsvSpec;
  readonly config: ConfigFile;
  readonly testFraction: number;
  /** Statistics and experts are fitted on sessions that have at most that many steps together. */
  readonly fitSteps: number;
}

export interface ShardsResult {
  readonly kind: 'shards';
  readonly out: string;
  readonly episodes: number;
  readonly steps: number;
  /** Steps that statistics and experts were fitted on. */
  readonly fittedSteps: number;
  /** To learn from, and to choose the epoch by. */
  readonly windows: number;
  readonly shards: number;
  readonly bytes: number;
  readonly testSessions: readonly string[];
}

/** Steps whose votes the experts' mixer is fitted on, at most: they are held in memory. */
const MIXER_STEPS = 2 ** 14;

/**
 * Writes what cluster/ trains on: shards.json, start.safetensors (a model with its start weights), and the windows
 * of a training run, in files of equal size, encoded and with the experts' votes. Reads the files three times, and
 * holds one episode at a time, but for the sessions that statistics and experts are fitted on.
 */
export async function exportShards(
  paths: readonly string[],
  { out, shards, csv, testFraction, fitSteps, ...given }: ShardsOptions,
): Promise<ShardsResult> {
  const config = csvConfig(given.config, csv);
  const seed = given.seed ?? config.training?.seed ?? DEFAULT_SEED;
  const training = resolveTrainingConfig({ ...populationTraining(config.training), seed });
  const recordings = await RecordingStream.open(paths, { csv });
  const { spec } = recordings;
  const plan = await planShards(recordings, {
    ...training,
    testFraction,
    fitSteps,
    last: csv?.split === 'time',
  });
  const { split, fitted } = plan;
  requireEpisodes(split.train);
  for (const [kind, rows] of Object.entries(split)) {
    const windows = windowsOf(rows, training);
    if (rows.length && windows < shards)
      throw new UsageError(
        `There are ${windows} windows (${kind === 'train' ? 'train' : 'held out'}), fewer than ${shards} shards. Lower --shards, or give more episodes.`,
      );
  }
  const sample = await readSample(recordings, plan);
  const episodes = [...sample.train, ...sample.heldOut];
  const run = fitRun(sample, {
    spec,
    episodes,
    model: { ...POPULATION_MODEL, ...config.model },
    files: paths,
  });

  const { statistics, shape, table, model } = run;
  mkdirSync(out, { recursive: true });
  const seen = Array<boolean>(shape.features).fill(false);
  const rng = createRng(seed).fork(SHARDS);
  const files = { folder: out, shards, rng };
  const train = new ShardWriter({ ...files, kind: 'train' });
  const heldOut = new ShardWriter({ ...files, kind: 'held-out' });
  const heldOutSessions = new Set(sessionsOf(split.heldOut));
  const write = (episode: Episode, votes: ExpertVotes | undefined): void => {
    const isHeldOut = heldOutSessions.has(episode.session);
    const data = new WindowDataset({
      ...training,
      spec,
      statistics,
      episodes: [episode],
      ...(votes && { votes: new Map([[episode, votes]]) }),
      continuous: model.continuous,
      linear: residualsFrom(model, run.values),
    });
    for (const batch of data.batches(1)) {
      if (!isHeldOut) noteFeatures(seen, batch.features);
      (isHeldOut ? heldOut : train).add(packWindow(batch));
    }
  };

  const timeEdges = votedEdges(shape, statistics);
  const mixed = new Map<Episode, ExpertVotes>();
  let mixedSteps = 0;
  if (!table) for (const episode of episodes) write(episode, undefined);
  else {
    for (const [episode, votes] of traceEach(spec, sample.train, { table, timeEdges })) {
      write(episode, votes);
      if (mixed.size && mixedSteps + episode.length > MIXER_STEPS) continue;
      mixed.set(episode, votes);
      mixedSteps += episode.length;
    }
    for (const [episode, votes] of traceEach(spec, sample.heldOut, { table, timeEdges }))
      write(episode, votes);
  }
  const experts = table && withMixer(spec, table, mixed);
  mixed.clear();
  // Whose sessions the experts do not know: as in play.
  const tracer = table && new VoteTracer(followerOptions(spec, table, timeEdges));
  const left = new Map(plan.episodesOf);
  const others = new Set(
    sessionsOf([...split.train, ...split.heldOut]).filter((session) => !fitted.has(session)),
  );
  if (others.size)
    for await (const episode of recordings.read()) {
      if (!episode.learn || !others.has(episode.session)) continue;
      write(episode, tracer?.trace(episode));
      const player = playerOf(episode);
      const rest = left.get(player)! - 1;
      left.set(player, rest);
      if (!rest) tracer?.forget(player);
    }

  const trainFiles = train.finish();
  const heldOutFiles = split.heldOut.length ? heldOut.finish() : { shards: [], bytes: 0 };
  const start = serializeCheckpoint(
    checkpointOf(
      {
        ...run,
        training,
        ...(experts && { experts }),
        trainedOn: trainedOnAll(run, plan),
      },
      { spec, weights: freshWeights(shape, seen, seed), metrics: { epochs: 0, loss: NaN } },
    ),
  );
  writeBytes(join(out, 'start.safetensors'), start);
  const { blocks } = new Encoder(spec, statistics).layout;
  const index = {
    format: 'phaser-foresight-shards/2',
    shape,
    windowLength: training.windowLength,
    // Of the whole numbers that stand for votes.
    voteStep: VOTE_STEP,
    // Action and duration are no fields.
    fields: blocks.slice(2).map(({ offset, width }) => [offset, width]),
    train: trainFiles.shards,
    heldOut: heldOutFiles.shards,
  };
  // Last, so that a folder without it is unfinished.
  const text = new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`);
  writeBytes(join(out, 'shards.json'), text);
  const written = [...trainFiles.shards, ...heldOutFiles.shards];
  return {
    kind: 'shards',
    out,
    episodes: split.train.length + split.heldOut.length,
    steps: stepsOf(split.train) + stepsOf(split.heldOut),
    fittedSteps: stepsOf(episodes),
    windows: written.reduce((sum, { windows }) => sum + windows, 0),
    shards,
    bytes: trainFiles.bytes + heldOutFiles.bytes + start.length + text.length,
    testSessions: sessionsOf(plan.testRows),
  };
}

/** The episodes to fit on. */
async function readSample(
  recordings: RecordingStream,
  { split, fitted }: ShardPlan,
): Promise<Split> {
  const heldOutSessions = new Set(sessionsOf(split.heldOut));
  const sample: Split = { train: [], heldOut: [] };
  for await (const episode of recordings.read())
    if (episode.learn && fitted.has(episode.session))
      sample[heldOutSessions.has(episode.session) ? 'heldOut' : 'train'].push(episode);
  return sample;
}

/** What the model is trained on, where that is more than it is fitted on. */
function trainedOnAll({ trainedOn }: FittedRun, { split }: ShardPlan): FittedRun['trainedOn'] {
  const rows = [...split.train, ...split.heldOut];
  if (rows.length === trainedOn.episodes) return trainedOn;
  return {
    ...trainedOn,
    sessions: sessionsOf(rows),
    episodes: rows.length,
    steps: stepsOf(rows),
    // Only checked where all of them are known.
    actions: [],
  };
}

/** The order of windows must not draw the same numbers as others that start from the run's seed. */
const SHARDS = 0x5a;
