import { firstSteps } from '../dataset/first-steps.ts';
import { hasActionChanges } from '../evaluate/continuous.ts';
import { crossValidation } from '../evaluate/cross-validate.ts';
import { crossValidatedValues } from '../evaluate/cross-validate-values.ts';
import { POPULATION_MODEL, POPULATION_TRAINING, populationTraining } from '../model/population.ts';
import type { ConfigFile } from '../model/resolve-config.ts';
import type { Episode } from '../record/episode.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { ForesightError } from '../util/error.ts';
import { benchDataJson, benchDataText } from './bench-data-result.ts';
import type { BenchDataResult, BenchedSet, FailedFile } from './bench-data-result.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS, DEFAULT_SEED } from './common-options.ts';
import { csvConfig } from './csv-config.ts';
import { readConfig, readCsvSpec, readRecordings, requireWritable, writeBytes } from './files.ts';
import type { CommandEngine } from './open-engine.ts';
import { recordingsIn } from './recordings-in.ts';
import type { RecordingFile } from './recordings-in.ts';
import { scoringLines } from './progress-lines.ts';
import { sessionFolds } from './session-folds.ts';
import { stepsOf } from './table.ts';
import { trainFolds } from './train-folds.ts';
import { CANCELLED } from './training.ts';
import { withThreads } from './with-threads.ts';

/** `foresight bench-data`. */
export const benchDataCommand = command({
  name: 'bench-data',
  summary: 'score training itself, on every recording set in a folder',
  about: `
Reports how good models are on different recordings, to judge a setting by all of them and not by one game.
Each file of the folder is a set of its own. On each one foresight cross-validate is run: several models are
trained, each without some of the sessions, and every session is scored by the model that never saw it.

Prints one table. For each set it has the best of the simple predictors, the model's experts alone (ngram-mix),
the model as trained, and the model learning on; with 95 % intervals over sessions, the calibration error
(ece), and the first 50 actions of each player apart. For sets with continuous fields it also prints the scores
of each field's next value, like foresight evaluate. A file that cannot be scored is reported, and the others
are done.`,
  example: 'foresight bench-data recordings --out scores.json',
  positionals: { folder: { about: 'a folder of recordings' } },
  options: {
    folds: {
      kind: 'whole',
      min: 2,
      max: 1000,
      default: 5,
      help: 'number of models to train for each set, at most one for each session',
    },
    limit: {
      kind: 'whole',
      min: 2,
      max: 1_000_000_000,
      otherwise: 'all',
      help: 'about how many steps of each set are used, for a quick look: the first ones of every episode, at least two of each',
    },
    out: {
      kind: 'text',
      value: 'file.json',
      help: 'save what --json prints, after each set, so that it is not lost when a later one is stopped',
    },
    config: COMMON_OPTIONS.config,
    epochs: { ...COMMON_OPTIONS.epochs, otherwise: POPULATION_TRAINING.epochs },
    seed: {
      ...COMMON_OPTIONS.seed,
      otherwise: DEFAULT_SEED,
      help: 'for start weights and order of batches',
    },
    spec: {
      ...COMMON_OPTIONS.spec,
      help: 'what the columns of CSV files mean that have no .json of the same name next to them (see foresight help train)',
    },
    engine: COMMON_OPTIONS.engine,
    threads: COMMON_OPTIONS.threads,
    json: {
      kind: 'flag',
      help: 'print one JSON object: "sets", each with the "best" simple predictor and all that cross-validate prints, also "continuous" for sets with continuous fields, and "failed"',
    },
  },

  async run({ folder, options }, { progress, complain }): Promise<BenchDataResult> {
    const { out, epochs, limit } = options;
    if (out !== undefined) requireWritable(out);
    const given = options.config ? readConfig(options.config) : {};
    const seed = options.seed ?? given.training?.seed ?? DEFAULT_SEED;
    const files = recordingsIn(folder, options.spec);
    const sets: BenchedSet[] = [];
    const failed: FailedFile[] = [];
    const result = (cancelled: boolean): BenchDataResult => ({
      seed,
      sets,
      failed,
      cancelled,
      ...(out !== undefined && { out }),
    });
    for (const [i, file] of files.entries()) {
      progress.write(`${file.path} (${i + 1} of ${files.length})\n`);
      try {
        const { folds, engine, threads } = options;
        const settings = { given, epochs, seed, limit, folds, engine, threads, progress };
        const set = await benchSet(file, settings);
        if (!set) return result(true);
        sets.push(set);
      } catch (error) {
        if (!(error instanceof ForesightError)) throw error;
        const { message } = error;
        const named = message.includes(file.path) ? message : `"${file.path}": ${message}`;
        complain(`foresight: ${named}`);
        failed.push({ file: file.path, message: named });
      }
      if (out !== undefined) writeBytes(out, jsonBytes(benchDataJson(result(false))));
    }
    return result(false);
  },
  json: benchDataJson,
  text: benchDataText,
  exitCode: ({ cancelled, failed }) => (cancelled ? CANCELLED : failed.length ? 1 : 0),
});

interface SetOptions {
  readonly given: ConfigFile;
  readonly epochs: number | undefined;
  readonly seed: number;
  readonly limit: number | undefined;
  readonly folds: number;
  readonly engine: CommandEngine;
  readonly threads: number | undefined;
  readonly progress: NodeJS.WritableStream;
}

/** Cross-validates one file. Null when Ctrl-C stopped it. */
async function benchSet(
  { name, path, spec: specPath }: RecordingFile,
  { given, epochs, seed, limit = Infinity, folds: count, engine, threads, progress }: SetOptions,
): Promise<BenchedSet | null> {
  const csv = readCsvSpec(specPath);
  const { model, training } = csvConfig(given, csv);
  const { spec, episodes } = await readRecordings([path], csv);
  const used = shortened(
    episodes.filter(({ learn }) => learn),
    limit,
  );
  const hasActions = hasActionChanges(used);
  if (!hasActions && !model?.continuous?.length)
    throw new ForesightError(
      'bad-data',
      'Its action never changes and no field is continuous, so there is nothing to predict. Name continuous fields in the spec of a CSV file or in the config ("model": { "continuous": [...] }).',
    );
  const splits = sessionFolds(used, count);
  const began = performance.now();
  const folds = await withThreads(threads, (pool) =>
    trainFolds(splits, {
      spec,
      model: { ...POPULATION_MODEL, ...model },
      training: { ...populationTraining(training), ...(epochs && { epochs }), seed },
      engine,
      files: [path],
      pool,
      progress,
    }),
  );
  if (!folds) return null;
  const report = hasActions ? crossValidation(folds, { onProgress: scoringLines(progress) }) : null;
  const continuous = crossValidatedValues(folds);
  return {
    set: name,
    file: path,
    sessions: sessionsOf(used).length,
    models: folds.length,
    seconds: Math.round((performance.now() - began) / 1000),
    report,
    continuous,
  };
}

/** The same share of every episode, from its beginning, so that there are about `limit` steps and all players. */
function shortened(episodes: readonly Episode[], limit: number): readonly Episode[] {
  const share = limit / stepsOf(episodes);
  if (!(share < 1)) return episodes;
  return episodes.map((episode) => {
    const steps = Math.max(2, Math.round(share * episode.length));
    return steps < episode.length ? firstSteps(episode, steps) : episode;
  });
}

const jsonBytes = (json: object): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(json)}\n`);
