import { parseArgs } from 'node:util';
import { nearestName } from '../util/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** The value of an option: none, a text, several texts, one of some names, or a number. */
export type OptionKind =
  | { readonly kind: 'flag' }
  | { readonly kind: 'text' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly whole: boolean;
    };

export type OptionTable = Readonly<Record<string, OptionKind>>;

type OptionValue<K extends OptionKind> = K extends { kind: 'flag' }
  ? boolean
  : K extends { kind: 'number' }
    ? number | undefined
    : K extends { kind: 'texts' }
      ? readonly string[]
      : string | undefined;

export interface Arguments<T extends OptionTable> {
  readonly options: { readonly [Name in keyof T]: OptionValue<T[Name]> };
  /** The arguments that are not options, in order. */
  readonly files: readonly string[];
}

/**
 * Reads the arguments of one subcommand.
 * Throws UsageError for an unknown option (naming the nearest one), a missing or bad value, and a
 * path "-".
 */
export function parseArguments<const T extends OptionTable>(
  args: readonly string[],
  table: T,
): Arguments<T> {
  rejectUnknown(args, Object.keys(table));
  const config = Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'texts' } as const,
    ]),
  );
  const { values, positionals } = parse(args, config);
  const options: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(table))
    options[name] = readOption(name, kind, values[name]);
  const paths = [...positionals, ...Object.values(options).flat()];
  if (paths.includes('-'))
    throw new UsageError(
      '"-" is not a file: standard input and output are not read or written. Give the path of a file.',
    );
  return { options: options as Arguments<T>['options'], files: positionals };
}

/**
 * Lets one option take all the files after it: `--name a b` becomes `--name a --name b`, up to the
 * next option, if at least `needed` other arguments precede it. Otherwise the option takes one file, as
 * usual, because the following ones may be the arguments needed.
 */
export function spreadFiles(args: readonly string[], name: string, needed: number): string[] {
  const spread: string[] = [];
  let others = 0;
  let taking = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === name && i + 1 < args.length && !args[i + 1].startsWith('--')) {
      spread.push(arg, args[++i]);
      taking = others >= needed;
    } else if (arg.startsWith('--')) {
      taking = false;
      spread.push(arg);
    } else if (taking) {
      spread.push(name, arg);
    } else {
      others++;
      spread.push(arg);
    }
  }
  return spread;
}

function rejectUnknown(args: readonly string[], known: readonly string[]): void {
  for (const arg of args) {
    if (arg === '--') return;
    if (!/^-./.test(arg) || /^-[\d.]/.test(arg)) continue;
    const name = arg.replace(/^-+/, '').replace(/=.*/s, '');
    if (arg.startsWith('--') && known.includes(name)) continue;
    const nearest = nearestName(name, known);
    throw new UsageError(
      `There is no option "${arg.replace(/=.*/s, '')}".${nearest ? ` Did you mean --${nearest}?` : ' This command takes none.'}`,
    );
  }
}

function parse(
  args: readonly string[],
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
): {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
} {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's first sentence describes the fault; the rest is advice on dashes.
    const message = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new UsageError(`${message}. See foresight help.`, { cause: error });
  }
}

function readOption(name: string, kind: OptionKind, value: unknown): unknown {
  switch (kind.kind) {
    case 'flag':
      return value ?? false;
    case 'texts':
      return value ?? [];
    case 'text':
      return value;
    case 'choice':
      if (value !== undefined && !kind.of.includes(String(value)))
        throw new UsageError(`--${name} is "${String(value)}". Choose ${kind.of.join(' or ')}.`);
      return value;
    case 'number': {
      if (value === undefined) return undefined;
      const number = String(value).trim() ? Number(value) : NaN;
      const fits = number >= kind.min && number <= kind.max;
      if (!fits || (kind.whole && !Number.isInteger(number)))
        throw new UsageError(
          `--${name} is "${String(value)}". Give a ${kind.whole ? 'whole ' : ''}number from ${kind.min} to ${kind.max}.`,
        );
      return number;
    }
    default:
      return kind satisfies never;
  }
}
