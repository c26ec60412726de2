import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { splitBySession, splitLast } from '../dataset/split.ts';
import type { ContinuousReport } from '../evaluate/continuous.ts';
import { continuousReport, hasActionChanges, measureValues } from '../evaluate/continuous.ts';
import type { EvaluationReport } from '../evaluate/evaluate.ts';
import { evaluateCheckpoint } from '../evaluate/evaluate.ts';
import { serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../model/network-shape.ts';
import { POPULATION_MODEL, populationTraining } from '../model/population.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { TrainingControl } from '../train/control.ts';
import { localBackends } from '../train/local-engine.ts';
import type { EngineName } from '../train/backend.ts';
import { replayOf } from '../train/replay.ts';
import { train } from '../train/trainer.ts';
import type { TrainingOutcome, TrainOptions } from '../train/trainer.ts';
import { ForesightError } from '../util/error.ts';
import { continuousText } from './continuous-text.ts';
import { csvConfig } from './csv-config.ts';
import {
  readConfig,
  readCsvSpec,
  readModel,
  readRecordings,
  requireWritable,
  writeBytes,
} from './files.ts';
import { networkText } from './network-text.ts';
import { parseArguments } from './parse-arguments.ts';
import type { OptionTable } from './parse-arguments.ts';
import { ProgressBar } from './progress-bar.ts';
import { reportTable } from './report-table.ts';
import { countOf, duration } from './table.ts';
import { UsageError } from './usage-error.ts';

export const TRAIN_COMMAND_DEFAULTS = { testFraction: 0.2, seed: 1 } as const;

/** Engines that run without a browser. */
export const LOCAL_ENGINES = ['auto', 'wasm', 'cpu'] as const;

const OPTIONS = {
  out: { kind: 'text' },
  config: { kind: 'text' },
  epochs: { kind: 'number', min: 1, max: 10_000, whole: true },
  seed: { kind: 'number', min: 0, max: 2 ** 32 - 1, whole: true },
  'test-fraction': { kind: 'number', min: 0, max: 0.9, whole: false },
  'test-last': { kind: 'flag' },
  cell: { kind: 'choice', of: ['lstm', 'gru'] },
  layers: { kind: 'number', min: 1, max: 3, whole: true },
  units: { kind: 'number', min: 1, max: 1024, whole: true },
  'feed-forward': { kind: 'number', min: 0, max: 1024, whole: true },
  engine: { kind: 'choice', of: LOCAL_ENGINES },
  start: { kind: 'text' },
  spec: { kind: 'text' },
  json: { kind: 'flag' },
} as const satisfies OptionTable;

/** The result of a run: the text to print and the exit code. */
export interface TrainCommandResult {
  readonly text: string;
  /** 130 when Ctrl-C ended the training early, else 0. */
  readonly exitCode: number;
}

/** `foresight train`. Saves the model and returns the text to print. */
export async function trainCommand(
  args: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<TrainCommandResult> {
  const { options, files } = parseArguments(args, OPTIONS);
  if (!files.length)
    throw new UsageError(
      'train needs at least one file of episodes. Write: foresight train games.jsonl --out model.safetensors',
    );
  const out = options.out;
  if (!out)
    throw new UsageError(
      'train needs to know where to save the model. Add --out model.safetensors',
    );
  requireWritable(out);
  const given = options.config ? readConfig(options.config) : {};
  const start = options.start ? readModel(options.start) : undefined;
  const csv = readCsvSpec(options.spec);
  const config = csvConfig(given, csv);
  const recordings = await readRecordings(files, csv);
  if (start) requireSameSpec(recordings.spec, start.spec, `The start model "${options.start}"`);
  const { cell, layers, units, 'feed-forward': feedForward } = options;
  const network = Object.entries({ cell, layers, units, feedForward }).filter(
    ([, value]) => value !== undefined,
  );
  if (start && (network.length || given.model))
    throw new UsageError(
      `--start continues with the network of the start model, so ${network.length ? `--${optionName(network[0][0])}` : '"model" in the config'} cannot change it. Leave one of the two out.`,
    );
  const seed = options.seed ?? config.training?.seed ?? TRAIN_COMMAND_DEFAULTS.seed;
  const fraction = options['test-fraction'] ?? TRAIN_COMMAND_DEFAULTS.testFraction;
  const last = options['test-last'] || csv?.split === 'time';
  const split = splitForTest(recordings.episodes, { fraction, seed, last, start });
  if (!split.train.length)
    throw new ForesightError(
      'bad-data',
      'There is no episode to learn from: the files are empty or everything in them is marked "do not learn". Record some play first.',
    );
  const createBackend = localBackends(LOCAL_ENGINES.find((name) => name === options.engine));
  const began = performance.now();
  const {
    checkpoint: trained,
    cancelled,
    engine,
  } = await runTraining(progress, {
    spec: recordings.spec,
    episodes: split.train,
    ...(start
      ? {}
      : { model: { ...POPULATION_MODEL, ...config.model, ...Object.fromEntries(network) } }),
    training: {
      ...(start ? config.training : populationTraining(config.training)),
      ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
      seed,
    },
    ...(start ? { start } : {}),
    createBackend,
    files: [...files],
  });
  const seconds = (performance.now() - began) / 1000;
  const checkpoint = withDeviations(trained, split.train);
  writeBytes(out, serializeCheckpoint(checkpoint));
  const isTested = split.heldOut.some(({ length }) => length > 1);
  const continuous = isTested
    ? continuousReport(checkpoint, split.heldOut, { training: split.train })
    : null;
  const test =
    isTested && (!continuous || hasActionChanges(split.heldOut))
      ? evaluateCheckpoint(checkpoint, split.heldOut, {
          replay: replayOf(checkpoint, split.train),
        })
      : null;
  const result: TrainResult = {
    out,
    engine,
    seconds,
    cancelled,
    checkpoint,
    split,
    test,
    continuous,
  };
  if (options.json)
    return { text: JSON.stringify(resultJson(result)), exitCode: cancelled ? 130 : 0 };
  return { text: resultText(result), exitCode: cancelled ? 130 : 0 };
}

/** "feed-forward" for `feedForward`. */
const optionName = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

interface TrainResult {
  readonly out: string;
  readonly engine: EngineName;
  readonly seconds: number;
  readonly cancelled: boolean;
  readonly checkpoint: Checkpoint;
  readonly split: { readonly train: readonly Episode[]; readonly heldOut: readonly Episode[] };
  readonly test: EvaluationReport | null;
  readonly continuous: ContinuousReport | null;
}

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

/** Trains with a progress bar on `progress`; Ctrl-C ends it early, a second one ends the process. */
export async function runTraining(
  progress: NodeJS.WritableStream,
  options: Omit<TrainOptions, 'control'>,
): Promise<TrainingOutcome> {
  const control = new TrainingControl();
  const bar = new ProgressBar(progress);
  const stop = (): void => {
    progress.write('\nforesight: stopping after this batch to save the best model so far...\n');
    control.cancel();
  };
  process.once('SIGINT', stop);
  try {
    const run = train({ ...options, control });
    for (;;) {
      const item = await run.next();
      if (item.done) return item.value;
      bar.update(item.value);
      // Training on the CPU blocks the event loop: yield, so that signals and the bar are handled.
      await setImmediate();
    }
  } finally {
    bar.stop();
    process.removeListener('SIGINT', stop);
  }
}

interface TestOptions {
  readonly fraction: number;
  readonly seed: number;
  /** Sets aside the last sessions instead of random ones. */
  readonly last: boolean;
  readonly start?: Checkpoint;
}

/**
 * Sets sessions aside for the test. With a start model they are drawn from the sessions that it never
 * learned from, since its scores on the others would be too good; all others are trained on.
 */
function splitForTest(
  episodes: readonly Episode[],
  { fraction, seed, last, start }: TestOptions,
): { train: Episode[]; heldOut: Episode[] } {
  const split = (some: readonly Episode[]) =>
    last ? splitLast(some, fraction) : splitBySession(some, { fraction, seed });
  const known = new Set(start?.trainedOn.sessions);
  if (!known.size) return split(episodes);
  const fresh = split(episodes.filter(({ session }) => !known.has(session)));
  const again = episodes.filter(({ session, learn }) => learn && known.has(session));
  return { train: [...again, ...fresh.train], heldOut: fresh.heldOut };
}

const stepsOf = (episodes: readonly Episode[]): number =>
  episodes.reduce((sum, { length }) => sum + length, 0);

function resultJson({
  out,
  engine,
  seconds,
  cancelled,
  checkpoint,
  split,
  test,
  continuous,
}: TrainResult): object {
  return {
    out,
    engine,
    seconds: Math.round(seconds * 10) / 10,
    epochs: checkpoint.metrics.epochs,
    parameters: parameterLayout(checkpoint.shape).length,
    cancelled,
    metrics: checkpoint.metrics,
    split: {
      trainSessions: sessionsOf(split.train),
      testSessions: sessionsOf(split.heldOut),
      trainEpisodes: split.train.length,
      testEpisodes: split.heldOut.length,
      trainSteps: stepsOf(split.train),
      testSteps: stepsOf(split.heldOut),
    },
    test,
    ...(continuous && { continuous }),
  };
}

function resultText({
  out,
  engine,
  seconds,
  cancelled,
  checkpoint,
  split,
  test,
  continuous,
}: TrainResult): string {
  const { shape, metrics } = checkpoint;
  const sizes = `${networkText(shape)}, ${countOf(parameterLayout(shape).length, 'weight')}`;
  const lines = [
    `${cancelled ? 'Stopped early; the best model so far is saved in' : 'Saved'} ${out}: ${sizes}, best of ${countOf(metrics.epochs, 'epoch')}, ${duration(seconds)} on the engine ${engine}.`,
    `Trained on ${countOf(stepsOf(split.train), 'step')} of ${countOf(sessionsOf(split.train).length, 'session')}.`,
  ];
  if (test)
    lines.push(
      `Test on ${countOf(test.predictions, test.scored === 'changes' ? 'action change' : 'step')} of ${countOf(sessionsOf(split.heldOut).length, 'session')} that the training never saw:`,
      '',
      reportTable(test, ['majority', 'ngram-2', 'model']),
    );
  else if (!continuous)
    lines.push(
      'Not tested: nothing was set aside. Score it on other recordings with foresight evaluate.',
    );
  if (continuous) lines.push('', continuousText(continuous));
  return lines.join('\n');
}
