import { splitBySession } from '../dataset/split.ts';
import type { Split } from '../dataset/split.ts';
import { continuousReport, hasActionChanges, measureValues } from '../evaluate/continuous.ts';
import { serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { MODEL_DEFAULTS } from '../model/config.ts';
import { POPULATION_MODEL, POPULATION_TRAINING, populationTraining } from '../model/population.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { scoreOnThreads } from '../threads/score-on-threads.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS, DEFAULT_SEED } from './common-options.ts';
import { csvConfig } from './csv-config.ts';
import { CSV_NOTES } from './csv-notes.ts';
import {
  readConfig,
  readCsvSpec,
  readModel,
  readRecordings,
  requireWritable,
  writeBytes,
} from './files.ts';
import { scoringLines } from './progress-lines.ts';
import { splitForTest } from './split-for-test.ts';
import { trainJson, trainText } from './train-result.ts';
import type { TrainResult } from './train-result.ts';
import { CANCELLED, requireEpisodes, runTraining } from './training.ts';
import { UsageError } from './usage-error.ts';
import { withThreads } from './with-threads.ts';

/** `foresight train`. Saves the model. */
export const trainCommand = command({
  name: 'train',
  summary: 'train a model',
  about: `
Trains a model: n-gram experts on contexts that it chooses, and a network on top of them
(model.contexts in the config; 0 = a network alone). Several files are merged; they must have the same
spec. Before training, whole sessions are set aside for a test; afterwards the model is scored on them.
Ctrl-C ends the training early and saves the model so far: the best one, where
training.heldOutFraction in the config holds sessions out to choose the epoch. The same seed and number
of threads give the same model on the same machine.

Options take precedence over the config file.`,
  example: 'foresight train games.jsonl --out model.safetensors',
  positionals: { files: { about: 'at least one file of episodes', many: true } },
  options: {
    out: { kind: 'text', value: 'file', required: true, help: 'where to save the model' },
    config: COMMON_OPTIONS.config,
    epochs: { ...COMMON_OPTIONS.epochs, otherwise: POPULATION_TRAINING.epochs },
    seed: { ...COMMON_OPTIONS.seed, otherwise: DEFAULT_SEED },
    'test-fraction': COMMON_OPTIONS.testFraction,
    'test-last': {
      kind: 'flag',
      help: 'set the last sessions aside, in the order of the files, instead of ones drawn by the seed',
    },
    spec: { ...COMMON_OPTIONS.spec, help: 'what the columns of CSV files mean; see below' },
    cell: {
      kind: 'choice',
      of: ['lstm', 'gru'],
      otherwise: MODEL_DEFAULTS.cell,
      help: 'recurrent cell',
    },
    layers: { ...COMMON_OPTIONS.layers, otherwise: MODEL_DEFAULTS.layers },
    units: { ...COMMON_OPTIONS.units, otherwise: POPULATION_MODEL.units },
    'feed-forward': { ...COMMON_OPTIONS.feedForward, otherwise: POPULATION_MODEL.feedForward },
    engine: COMMON_OPTIONS.engine,
    threads: COMMON_OPTIONS.threads,
    start: {
      kind: 'text',
      value: 'model',
      help: 'continue from this model instead of from random weights',
    },
    'no-adaptive': {
      kind: 'flag',
      help: 'do not score the model that learns on (model-adaptive), which takes by far the longest',
    },
    json: COMMON_OPTIONS.json,
  },
  notes: CSV_NOTES,

  async run({ files, options }, { progress }): Promise<TrainResult> {
    const { out, epochs } = options;
    requireWritable(out);
    const given = options.config ? readConfig(options.config) : {};
    const start = options.start ? readModel(options.start) : undefined;
    const csv = readCsvSpec(options.spec);
    const config = csvConfig(given, csv);
    const recordings = await readRecordings(files, csv);
    if (start) requireSameSpec(recordings.spec, start.spec, `The start model "${options.start}"`);
    const { cell, layers, units, 'feed-forward': feedForward } = options;
    const resized = NETWORK_OPTIONS.find((name) => options[name] !== undefined);
    if (start && (resized || given.model))
      throw new UsageError(
        `--start continues with the network of the start model, so ${resized ? `--${resized}` : '"model" in the config'} cannot change it. Leave one of the two out.`,
      );
    const seed = options.seed ?? config.training?.seed ?? DEFAULT_SEED;
    const split = splitForTest(recordings.episodes, {
      fraction: options['test-fraction'],
      seed,
      last: options['test-last'] || csv?.split === 'time',
      start,
    });
    requireEpisodes(split.train);
    const model = {
      ...POPULATION_MODEL,
      ...config.model,
      ...(cell && { cell }),
      ...(layers && { layers }),
      ...(units && { units }),
      ...(feedForward !== undefined && { feedForward }),
    };
    const training = start ? config.training : populationTraining(config.training);
    return withThreads(options.threads, async (pool) => {
      const began = performance.now();
      const trained = await runTraining(progress, {
        spec: recordings.spec,
        episodes: split.train,
        ...(start ? { start } : { model }),
        training: { ...training, ...(epochs && { epochs }), seed },
        engine: options.engine,
        files,
        pool,
      });
      const seconds = (performance.now() - began) / 1000;
      const checkpoint = withDeviations(trained.checkpoint, split.train);
      writeBytes(out, serializeCheckpoint(checkpoint));
      return {
        ...trained,
        out,
        seconds,
        checkpoint,
        split,
        ...(await testOf(checkpoint, split, {
          progress,
          pool,
          adaptive: !options['no-adaptive'],
        })),
      };
    });
  },
  json: trainJson,
  text: trainText,
  exitCode: ({ cancelled }) => (cancelled ? CANCELLED : 0),
});

/** Options that change the network. */
const NETWORK_OPTIONS = ['cell', 'layers', 'units', 'feed-forward'] as const;

/** Adds the errors of its continuous targets on the sessions that chose the epoch, if there were any. */
function withDeviations(checkpoint: Checkpoint, episodes: readonly Episode[]): Checkpoint {
  const { model, training, metrics } = checkpoint;
  if (!model.continuous.length) return checkpoint;
  // The same split as in training.
  const { heldOutFraction: fraction, seed } = training;
  const { train: learned, heldOut } = splitBySession(episodes, { fraction, seed });
  const values =
    measureValues(checkpoint, heldOut, 'held-out') ??
    measureValues(checkpoint, learned, 'training');
  return { ...checkpoint, metrics: { ...metrics, ...(values && { values }) } };
}

interface ScoreOptions {
  readonly progress: NodeJS.WritableStream;
  readonly pool: ThreadPool;
  /** Whether the model that learns on is scored too. */
  readonly adaptive: boolean;
}

/** Scores on the sessions that were set aside. */
async function testOf(
  checkpoint: Checkpoint,
  { train: training, heldOut }: Split,
  { progress, pool, adaptive }: ScoreOptions,
): Promise<Pick<TrainResult, 'test' | 'continuous'>> {
  if (!heldOut.some(({ length }) => length > 1)) return { test: null, continuous: null };
  if (checkpoint.model.continuous.length) progress.write('Scoring the next values...\n');
  const continuous = continuousReport(checkpoint, heldOut, { training });
  if (continuous && !hasActionChanges(heldOut)) return { test: null, continuous };
  const test = await scoreOnThreads(checkpoint, heldOut, {
    older: adaptive ? training : undefined,
    baselineEpisodes: training,
    onProgress: scoringLines(progress),
    pool,
  });
  return { test, continuous };
}
