import { parseArguments } from '../../src/cli/parse-arguments.ts';
import type { OptionTable } from '../../src/cli/parse-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { nearestName } from '../../src/util/nearest-name.ts';
import { platforms, thisPlatform } from './gpu/platforms.ts';
import { SHAPES } from './problem.ts';
import type { ShapeName } from './problem.ts';

export const COMMANDS = [
  'train',
  'predict',
  'growth',
  'recordings',
  'export',
  'online',
  'frame',
  'gpu',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The parsed command line. */
export interface Command {
  readonly name: CommandName;
  readonly json: boolean;
  /** File the JSON is written to as well. */
  readonly out: string | undefined;
  readonly repeats: number | undefined;
  readonly epochs: number | undefined;
  /** Seconds of play in each mode. */
  readonly seconds: number;
  /** Of invented play, to export. */
  readonly gigabytes: number;
  readonly shapes: readonly ShapeName[];
  /** Null: all of them. */
  readonly engines: readonly string[] | null;
  /** Where `gpu` puts what it makes, and the system that it is for. */
  readonly folder: string;
  readonly platform: string;
}

/** Half a minute in each mode gives about 1,800 frames, 18 of them beyond p99. */
const SECONDS = 30;

const OPTIONS = {
  json: { kind: 'flag', help: 'print JSON' },
  out: { kind: 'text', value: 'file', help: 'a file that the JSON is written to as well' },
  repeats: { kind: 'whole', min: 1, max: 1000, help: 'trials of each engine' },
  epochs: { kind: 'whole', min: 1, max: 1000, help: 'passes over the recordings' },
  seconds: {
    kind: 'number',
    min: 3,
    max: 3600,
    default: SECONDS,
    help: 'seconds of play in each mode',
  },
  gigabytes: {
    kind: 'number',
    min: 0.001,
    max: 1000,
    default: 1,
    help: 'invented play to export',
  },
  shape: { kind: 'texts', value: 'shapes', help: 'networks' },
  engine: { kind: 'texts', value: 'engines', help: 'what computes' },
  folder: { kind: 'text', value: 'folder', help: 'what gpu makes' },
  platform: { kind: 'text', value: 'system', help: 'the system that gpu makes it for' },
} as const satisfies OptionTable;

/** Reads the arguments behind `npm run bench --`. Throws UsageError. */
export function readCommand(args: readonly string[]): Command {
  const [first, ...rest] = args;
  const name = COMMANDS.find((command) => command === first);
  if (!name) throw new UsageError(unknown('benchmark', first, COMMANDS));
  const { options } = readOptions(rest, name);
  const engines = names(options.engine);
  return {
    name,
    json: options.json,
    out: options.out,
    repeats: options.repeats,
    epochs: options.epochs,
    seconds: options.seconds,
    gigabytes: options.gigabytes,
    shapes: options.shape.length
      ? chosen(names(options.shape), Object.keys(SHAPES) as ShapeName[], 'shape')
      : (Object.keys(SHAPES) as ShapeName[]),
    engines: engines.length ? engines : null,
    folder: options.folder ?? 'gpu-bench',
    platform: options.platform
      ? chosen([options.platform], platforms(), 'system')[0]
      : thisPlatform(),
  };
}

function readOptions(args: readonly string[], name: CommandName) {
  const example = `npm run bench -- ${name} --json`;
  try {
    return parseArguments(args, { name, example, positionals: {}, options: OPTIONS });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // The reader belongs to the package's command, and names its help.
    throw new UsageError(error.message.replace('foresight help', 'npm run bench'), {
      cause: error,
    });
  }
}

/** The chosen names, in the order of `known`. Throws UsageError for an unknown one. */
export function chosen<N extends string>(
  asked: readonly string[],
  known: readonly N[],
  noun: string,
): readonly N[] {
  for (const name of asked)
    if (!known.includes(name as N)) throw new UsageError(unknown(noun, name, known));
  return known.filter((name) => asked.includes(name));
}

/** `--shape A,B` and `--shape A --shape B` mean the same. */
const names = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(',')).filter(Boolean);

function unknown(noun: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const advice = nearest ? ` Did you mean "${nearest}"?` : '';
  return `There is no ${noun} "${name}".${advice} There are: ${known.join(', ')}.`;
}
