import { hasActionChanges } from '../evaluate/continuous.ts';
import { crossValidation } from '../evaluate/cross-validate.ts';
import { crossValidatedValues } from '../evaluate/cross-validate-values.ts';
import { POPULATION_MODEL, POPULATION_TRAINING, populationTraining } from '../model/population.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS, DEFAULT_SEED } from './common-options.ts';
import { continuousText } from './continuous-text.ts';
import { csvConfig } from './csv-config.ts';
import { readConfig, readCsvSpec, readRecordings } from './files.ts';
import {
  choicesTable,
  intervalLine,
  minutesTable,
  reportTable,
  scoredCount,
} from './report-table.ts';
import { scoringLines } from './progress-lines.ts';
import { sessionFolds } from './session-folds.ts';
import { countOf, duration } from './table.ts';
import { trainFolds } from './train-folds.ts';
import { CANCELLED } from './training.ts';
import { withThreads } from './with-threads.ts';

/** `foresight cross-validate`. Saves nothing. */
export const crossValidateCommand = command({
  name: 'cross-validate',
  summary: 'score training itself, on every session in turn',
  about: `
Reports how good a model of these recordings is on sessions it never saw, without reserving any of them
for a test. Several models are trained like in foresight train, each without some of the sessions, and
every session is scored by the model that never saw it. Nothing is saved. Takes as long as that many
trainings, plus scoring all of the recordings; each thread trains one model at a time. Models with
continuous fields are also scored on the next values.`,
  example: 'foresight cross-validate games.jsonl --folds 10',
  positionals: { files: { about: 'at least one file of episodes', many: true } },
  options: {
    folds: {
      kind: 'whole',
      min: 2,
      max: 1000,
      default: 10,
      help: 'number of models to train, at most one for each session. With as many as sessions, each session is left out once',
    },
    config: COMMON_OPTIONS.config,
    epochs: { ...COMMON_OPTIONS.epochs, otherwise: POPULATION_TRAINING.epochs },
    seed: {
      ...COMMON_OPTIONS.seed,
      otherwise: DEFAULT_SEED,
      help: 'for start weights and order of batches',
    },
    spec: COMMON_OPTIONS.spec,
    engine: COMMON_OPTIONS.engine,
    threads: COMMON_OPTIONS.threads,
    json: COMMON_OPTIONS.json,
  },

  async run({ files, options }, { progress }) {
    const { epochs } = options;
    const csv = readCsvSpec(options.spec);
    const { model, training } = csvConfig(options.config ? readConfig(options.config) : {}, csv);
    const { spec, episodes } = await readRecordings(files, csv);
    const seed = options.seed ?? training?.seed ?? DEFAULT_SEED;
    const splits = sessionFolds(episodes, options.folds);
    const began = performance.now();
    const folds = await withThreads(options.threads, (pool) =>
      trainFolds(splits, {
        spec,
        model: { ...POPULATION_MODEL, ...model },
        training: { ...populationTraining(training), ...(epochs && { epochs }), seed },
        engine: options.engine,
        files,
        pool,
        progress,
      }),
    );
    if (!folds) return { cancelled: true };
    progress.write('Scoring all folds...\n');
    const report =
      hasActionChanges(episodes) || !folds[0].checkpoint.model.continuous.length
        ? crossValidation(folds, { onProgress: scoringLines(progress) })
        : undefined;
    const continuous = crossValidatedValues(folds);
    const seconds = (performance.now() - began) / 1000;
    return { report, continuous, files, seed, seconds, splits };
  },
  json({ report, continuous, splits = [], cancelled, seconds = 0, ...about }) {
    if (cancelled) return { cancelled };
    const folds = splits.map(({ train, heldOut }) => ({
      trainSessions: sessionsOf(train),
      testSessions: sessionsOf(heldOut),
    }));
    return {
      ...report,
      ...(continuous && { continuous }),
      ...about,
      seconds: Math.round(seconds),
      folds,
    };
  },
  text({ report, continuous, splits = [], seconds = 0 }) {
    const sessions = countOf(
      splits.flatMap(({ heldOut }) => sessionsOf(heldOut)).length,
      'session',
    );
    const facts = `${sessions}, each predicted by a model of the others: ${countOf(splits.length, 'model')}, ${duration(seconds)}.`;
    const values = continuous && continuousText(continuous);
    if (!report) return values ? `${values}\n\n${facts}` : 'Stopped: nothing was scored.';
    return [
      reportTable(report),
      '',
      `${scoredCount(report)} of ${facts}`,
      intervalLine(report),
      ...(report.choices ? ['', choicesTable(report.choices)] : []),
      '',
      minutesTable(report),
      ...(values ? ['', values] : []),
    ].join('\n');
  },
  exitCode: ({ cancelled }) => (cancelled ? CANCELLED : 0),
});
