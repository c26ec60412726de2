/**
 * `npm run bench`: measures our engines and others side by side, in a headless Chromium.
 *
 * stdout gets the report; everything else goes to stderr.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { UsageError } from '../../src/cli/usage-error.ts';
import { benchExport, exportTable } from './export/export.ts';
import { benchFrames } from './frame.ts';
import { frameTable } from './frame-table.ts';
import { buildFolder } from './gpu/build-folder.ts';
import { GROWTH_ENGINES, benchGrowth } from './growth.ts';
import { growthTable } from './growth-table.ts';
import { installEngines } from './lab/install.ts';
import { openLab } from './lab/lab.ts';
import type { Lab } from './lab/lab.ts';
import { PREDICTION_ENGINES, benchPrediction } from './predict.ts';
import { predictTable } from './predict-table.ts';
import { chosen, readCommand } from './read-command.ts';
import type { Command, CommandName } from './read-command.ts';
import { benchOnline, onlineTable } from './online.ts';
import { benchRecordings, recordingsTable } from './recordings/recordings.ts';
import { TRAINING_ENGINES, benchTraining } from './train.ts';
import type { TrainReport } from './train.ts';
import { trainTable } from './train-table.ts';
import { USAGE } from './usage.ts';

/** A finished benchmark: for programs, and for people. */
interface Result {
  readonly report: object;
  readonly table: string;
  /** Engines that computed something else than the reference. */
  readonly wrong: readonly string[];
}

/** A benchmark that needs a browser. */
type BrowserCommand = Command & {
  readonly name: Exclude<CommandName, 'recordings' | 'online' | 'export'>;
};

const needsBrowser = (command: Command): command is BrowserCommand =>
  !['recordings', 'online', 'export'].includes(command.name);

/** What a benchmark does once the browser is there; prepared before, so that wrong names fail at once. */
function prepare(
  command: BrowserCommand,
): (lab: Lab, missing: ReadonlySet<string>) => Promise<Result> {
  const { name, engines: asked, shapes, repeats } = command;
  const race = repeats ? { repeats } : {};
  switch (name) {
    case 'train': {
      const engines = enginesOf(asked, Object.keys(TRAINING_ENGINES));
      return async (lab, missing) => {
        const report = await benchTraining(lab, { shapes, engines, missing, race });
        return { report, table: trainTable(report), wrong: wrongIn(allRows(report)) };
      };
    }
    case 'predict': {
      const engines = enginesOf(asked, Object.keys(PREDICTION_ENGINES));
      return async (lab, missing) => {
        const report = await benchPrediction(lab, { engines, missing, race });
        return { report, table: predictTable(report), wrong: wrongIn(report.rows) };
      };
    }
    case 'growth': {
      const engines = enginesOf(asked, GROWTH_ENGINES);
      return async (lab) => {
        const report = await benchGrowth(lab, { engines, race });
        return { report, table: growthTable(report), wrong: wrongIn(report.rows) };
      };
    }
    case 'frame': {
      const [engine] = enginesOf(asked ?? ['auto'], DEMO_ENGINES);
      const demo = { engine, seconds: command.seconds, segments: 3 };
      return async (lab) => {
        const report = await benchFrames(lab, { race, demo });
        return { report, table: frameTable(report), wrong: [] };
      };
    }
    case 'gpu':
      throw new RangeError('gpu needs no browser');
    default:
      return name satisfies never;
  }
}

/** What may train in the demo: the names that a game may give. */
const DEMO_ENGINES = ['auto', 'wasm', 'webgpu', 'cpu'];

const allRows = ({ shapes }: TrainReport) => Object.values(shapes).flatMap(({ rows }) => rows);

const wrongIn = (rows: readonly { engine: string; agrees?: boolean | null }[]): string[] =>
  rows.filter(({ agrees }) => agrees === false).map(({ engine }) => engine);

const enginesOf = (asked: Command['engines'], known: readonly string[]): readonly string[] =>
  asked ? chosen(asked, known, 'engine') : known;

async function main(args: readonly string[]): Promise<void> {
  if (!args.length || args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const command = readCommand(args);
  if (command.name === 'gpu') {
    const { folder, platform } = command;
    await buildFolder({ folder: resolve(folder), platform });
    console.log(`Copy ${folder} to a machine with a graphics card, and run "node run.mjs" in it.`);
    return;
  }
  const { report, table, wrong } = needsBrowser(command)
    ? await inBrowser(command)
    : await inNode(command);
  const json = JSON.stringify({ bench: command.name, ...report }, null, 2);
  if (command.out) {
    await mkdir(dirname(command.out), { recursive: true });
    await writeFile(command.out, `${json}\n`);
  }
  console.log(command.json ? json : table);
  if (wrong.length) {
    console.error(`Results that are not those of the reference: ${wrong.join(', ')}.`);
    process.exitCode = 1;
  }
}

async function inBrowser(command: BrowserCommand): Promise<Result> {
  const bench = prepare(command);
  const missing = installEngines();
  const lab = await openLab();
  try {
    return await bench(lab, missing);
  } finally {
    await lab.close();
  }
}

async function inNode({ name, epochs, gigabytes }: Command): Promise<Result> {
  if (name === 'export') {
    const report = benchExport({ gigabytes });
    return { report, table: exportTable(report), wrong: [] };
  }
  if (name === 'online') {
    const report = await benchOnline();
    return { report, table: onlineTable(report), wrong: [] };
  }
  const report = benchRecordings({ epochs });
  return { report, table: recordingsTable(report), wrong: [] };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
