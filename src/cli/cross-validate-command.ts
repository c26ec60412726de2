import { splitFolds } from '../dataset/split.ts';
import { crossValidation } from '../evaluate/cross-validate.ts';
import type { Fold } from '../evaluate/cross-validate.ts';
import { POPULATION_MODEL, populationTraining } from '../model/population.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { localBackends } from '../train/local-engine.ts';
import { replayOf } from '../train/replay.ts';
import { ForesightError } from '../util/error.ts';
import { csvConfig } from './csv-config.ts';
import { readConfig, readCsvSpec, readRecordings } from './files.ts';
import { parseArguments } from './parse-arguments.ts';
import { choicesTable, intervalLine, minutesTable, reportTable } from './report-table.ts';
import { countOf, duration } from './table.ts';
import { LOCAL_ENGINES, runTraining } from './train-command.ts';
import type { TrainCommandResult } from './train-command.ts';
import { UsageError } from './usage-error.ts';

export const CROSS_VALIDATE_DEFAULTS = { folds: 10, seed: 1 } as const;

/** `foresight cross-validate`. Saves nothing; returns the text to print. */
export async function crossValidateCommand(
  args: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<TrainCommandResult> {
  const { options, files } = parseArguments(args, {
    folds: { kind: 'number', min: 2, max: 1000, whole: true },
    config: { kind: 'text' },
    epochs: { kind: 'number', min: 1, max: 10_000, whole: true },
    seed: { kind: 'number', min: 0, max: 2 ** 32 - 1, whole: true },
    engine: { kind: 'choice', of: LOCAL_ENGINES },
    spec: { kind: 'text' },
    json: { kind: 'flag' },
  });
  if (!files.length)
    throw new UsageError(
      'cross-validate needs at least one file of episodes. Write: foresight cross-validate games.jsonl',
    );
  const csv = readCsvSpec(options.spec);
  const { model, training } = csvConfig(options.config ? readConfig(options.config) : {}, csv);
  const { spec, episodes } = await readRecordings(files, csv);
  const seed = options.seed ?? training?.seed ?? CROSS_VALIDATE_DEFAULTS.seed;
  const splits = splitFolds(episodes, options.folds ?? CROSS_VALIDATE_DEFAULTS.folds);
  if (splits.length < 2)
    throw new ForesightError(
      'bad-data',
      'All episodes to learn from are of one session, so there is no other to score a model on. Record more sessions.',
    );
  const createBackend = localBackends(LOCAL_ENGINES.find((name) => name === options.engine));
  const began = performance.now();
  const folds: Fold[] = [];
  for (const { train, heldOut } of splits) {
    const about = `Fold ${folds.length + 1} of ${splits.length}: without ${sessionsOf(heldOut).join(', ')}`;
    progress.write(`${about}\n`);
    const { checkpoint, cancelled } = await runTraining(progress, {
      spec,
      episodes: train,
      model: { ...POPULATION_MODEL, ...model },
      training: {
        ...populationTraining(training),
        ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
        seed,
      },
      createBackend,
      files,
    });
    if (cancelled) return { text: 'Stopped: nothing was scored.', exitCode: 130 };
    folds.push({ checkpoint, replay: replayOf(checkpoint, train), episodes: heldOut });
  }
  progress.write('Scoring all folds...\n');
  const report = crossValidation(folds);
  const seconds = (performance.now() - began) / 1000;
  if (options.json)
    return {
      text: JSON.stringify({
        ...report,
        files,
        seed,
        seconds: Math.round(seconds),
        folds: splits.map(({ train, heldOut }) => ({
          trainSessions: sessionsOf(train),
          testSessions: sessionsOf(heldOut),
        })),
      }),
      exitCode: 0,
    };
  const sessions = splits.flatMap(({ heldOut }) => sessionsOf(heldOut)).length;
  const what = report.scored === 'changes' ? 'action change' : 'step';
  return {
    text: [
      reportTable(report),
      '',
      `${countOf(report.predictions, what)} of ${countOf(sessions, 'session')}, each predicted by a model of the others: ${countOf(splits.length, 'model')}, ${duration(seconds)}.`,
      intervalLine(report),
      ...(report.choices ? ['', choicesTable(report.choices)] : []),
      '',
      minutesTable(report),
    ].join('\n'),
    exitCode: 0,
  };
}
