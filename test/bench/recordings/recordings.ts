import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { alignTable } from '../../../src/cli/table.ts';
import { POPULATION_TRAINING } from '../../../src/model/population.ts';
import { figure } from '../figures.ts';
import { describeMachine } from '../lab/machine.ts';
import { significant } from '../statistics.ts';

/** Steps of the recordings. */
const SIZES = [15_000, 60_000, 240_000] as const;

/** What one training took, in a process of its own. */
export interface Measured {
  readonly steps: number;
  /** Until the first batch: experts, their votes, windows. */
  readonly prepareSeconds: number;
  /** Of the whole training. */
  readonly seconds: number;
  /** Most memory, beyond that of a training of next to nothing. */
  readonly mebibytes: number;
}

export interface RecordingsReport {
  readonly machine: string;
  readonly threads: number;
  readonly epochs: number;
  readonly rows: readonly Measured[];
  /** Cost of a step at the largest size divided by that at the smallest: 1 is linear. */
  readonly linearity: { readonly seconds: number; readonly mebibytes: number };
}

export interface RecordingsOptions {
  /** Passes over the data; as in `foresight train` unless given. */
  readonly epochs: number | undefined;
}

/** Times the training of `foresight train` and measures its memory while the recordings grow. */
export function benchRecordings(options: RecordingsOptions): RecordingsReport {
  const epochs = options.epochs ?? POPULATION_TRAINING.epochs!;
  const threads = availableParallelism();
  const program = fileURLToPath(new URL('train-once.ts', import.meta.url));
  const rows = SIZES.map((steps): Measured => {
    console.error(`recordings: ${steps} steps`);
    const args = ['--import', import.meta.resolve('tsx'), program, steps, threads, epochs];
    return JSON.parse(execFileSync(process.execPath, args.map(String), { encoding: 'utf8' }));
  });
  const growth = (of: (row: Measured) => number): number =>
    significant(costOf(rows[rows.length - 1], of) / costOf(rows[0], of), 3);
  return {
    machine: describeMachine(),
    threads,
    epochs,
    rows,
    linearity: { seconds: growth((row) => row.seconds), mebibytes: growth((row) => row.mebibytes) },
  };
}

/** For 1,000 steps. */
const costOf = (row: Measured, of: (row: Measured) => number): number =>
  (1000 * of(row)) / row.steps;

/** The report of `bench recordings` as text. */
export function recordingsTable({ machine, threads, epochs, rows, linearity }: RecordingsReport) {
  const table = alignTable([
    ['steps', 'seconds', 'MiB', 'per 1,000 steps: s before training', 's in all', 'MiB'],
    ...rows.map((row) => [
      row.steps.toLocaleString('en'),
      figure(row.seconds),
      figure(row.mebibytes),
      figure(costOf(row, (one) => one.prepareSeconds)),
      figure(costOf(row, (one) => one.seconds)),
      figure(costOf(row, (one) => one.mebibytes)),
    ]),
  ]);
  return [
    machine,
    `The training of foresight train, ${epochs} epochs on ${threads} threads, of invented players.`,
    table,
    `Cost of a step at the largest size divided by that at the smallest: seconds ${figure(linearity.seconds)}, memory ${figure(linearity.mebibytes)}.`,
  ].join('\n');
}
