import { parseArgs } from 'node:util';
import { nearestName } from '../util/nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** What an option is without: a value, another one, or an error. */
interface Missing<T> {
  /** Its value then. */
  readonly default?: T;
  /** What applies then, for help alone; the value is undefined. */
  readonly otherwise?: T | string;
  /** It must be there. */
  readonly required?: true;
}

interface Help {
  /** What it does, without its range and default. */
  readonly help: string;
}

interface Placeholder {
  /** What help shows for its value: "file" for `--out <file>`. */
  readonly value: string;
}

export type Option =
  | ({ readonly kind: 'flag' } & Help)
  | ({ readonly kind: 'text' } & Help & Placeholder & Missing<string>)
  /** Given several times, or once in front of several values, behind all positionals. */
  | ({ readonly kind: 'texts' } & Help & Placeholder)
  | ({ readonly kind: 'choice'; readonly of: readonly string[] } & Help & Missing<string>)
  | ({
      readonly kind: 'number' | 'whole';
      readonly min: number;
      readonly max: number;
    } & Help &
      Missing<number>);

/** Options by name, without the dashes. */
export type OptionTable = Readonly<Record<string, Option>>;

/** An argument that is not an option. */
export interface Positional {
  /** What it is, with its article: "a model". */
  readonly about: string;
  /** One or more; the last of its command. */
  readonly many?: true;
  readonly optional?: true;
}

/** Positional arguments by name, in their order. */
export type Positionals = Readonly<Record<string, Positional>>;

type OrMissing<K, T> = K extends { default: unknown } | { required: true } ? T : T | undefined;

type OptionValue<K extends Option> = K extends { kind: 'flag' }
  ? boolean
  : K extends { kind: 'texts' }
    ? readonly string[]
    : K extends { kind: 'number' | 'whole' }
      ? OrMissing<K, number>
      : K extends { kind: 'choice'; of: readonly (infer Name)[] }
        ? OrMissing<K, Name>
        : OrMissing<K, string>;

type PositionalValue<K extends Positional> = K extends { many: true }
  ? readonly string[]
  : K extends { optional: true }
    ? string | undefined
    : string;

/** The arguments of a command, by the names in its table. */
export type Arguments<P extends Positionals, O extends OptionTable> = {
  readonly [Name in keyof P]: PositionalValue<P[Name]>;
} & { readonly options: { readonly [Name in keyof O]: OptionValue<O[Name]> } };

/** The part of a command's table that its arguments are read with. */
export interface ArgumentTable<P extends Positionals, O extends OptionTable> {
  readonly name: string;
  readonly example: string;
  readonly positionals: P;
  readonly options: O;
}

/**
 * Reads the arguments of one command.
 * Throws UsageError for an unknown option (naming the nearest one), a missing or bad value, too few or
 * too many other arguments, and a path "-".
 */
export function parseArguments<const P extends Positionals, const O extends OptionTable>(
  args: readonly string[],
  table: ArgumentTable<P, O>,
): Arguments<P, O> {
  rejectUnknown(args, Object.keys(table.options));
  const several = Object.entries(table.options).filter(([, { kind }]) => kind === 'texts');
  const needed = Object.keys(table.positionals).length;
  const spread = several.reduce((all, [name]) => spreadTexts(all, `--${name}`, needed), [...args]);
  const { values, positionals } = parse(spread, table.options);
  const places = readPositionals(positionals, table);
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table.options))
    options[name] = readOption(name, option, values[name]);
  if ([...positionals, ...Object.values(options).flat()].includes('-'))
    throw new UsageError(
      '"-" is not a file: standard input and output are not read or written. Give the path of a file.',
    );
  for (const [name, option] of Object.entries(table.options))
    if ('required' in option && option.required && options[name] === undefined)
      throw new UsageError(
        `${table.name} needs --${name}: ${option.help}. Write: ${table.example}`,
      );
  return { ...places, options } as Arguments<P, O>;
}

function readPositionals(
  given: readonly string[],
  { name, example, positionals }: ArgumentTable<Positionals, OptionTable>,
): Record<string, unknown> {
  const entries = Object.entries(positionals);
  const fewest = entries.filter(([, { optional }]) => !optional).length;
  const quoted = given.map((arg) => `"${arg}"`).join(' and ');
  if (given.length < fewest) {
    const wanted = entries.map(([, { about }]) => about).join(' and ');
    const got = given.length ? `only ${quoted}` : fewest > 1 ? 'neither' : 'none';
    throw new UsageError(`${name} needs ${wanted}, and got ${got}. Write: ${example}`);
  }
  if (given.length > entries.length && !entries.some(([, { many }]) => many)) {
    const wanted = entries.map(([, { about }]) => about).join(' and ') || 'options alone';
    throw new UsageError(`${name} takes ${wanted}, and got ${quoted}. Write: ${example}`);
  }
  return Object.fromEntries(
    entries.map(([key, { many }], i) => [key, many ? given.slice(i) : given[i]]),
  );
}

/**
 * Lets an option take all the values after it: `--name a b` becomes `--name a --name b`, up to the next
 * option, if at least `needed` other arguments precede it. Otherwise the option takes one value, as
 * usual, because the following ones may be the arguments needed.
 */
function spreadTexts(args: readonly string[], name: string, needed: number): string[] {
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

type ParsedValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(
  args: string[],
  table: OptionTable,
): { values: ParsedValues; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'texts' } as const,
    ]),
  );
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's first sentence describes the fault; the rest is advice on dashes.
    const message = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new UsageError(`${message}. See foresight help.`, { cause: error });
  }
}

function readOption(name: string, option: Option, value: ParsedValues[string]): unknown {
  switch (option.kind) {
    case 'flag':
      return value ?? false;
    case 'texts':
      return value ?? [];
    case 'text':
      return value ?? option.default;
    case 'choice':
      if (value !== undefined && !option.of.includes(String(value)))
        throw new UsageError(`--${name} is "${String(value)}". Choose ${option.of.join(' or ')}.`);
      return value ?? option.default;
    case 'number':
    case 'whole': {
      if (value === undefined) return option.default;
      const { kind, min, max } = option;
      const number = String(value).trim() ? Number(value) : NaN;
      const fits = number >= min && number <= max;
      if (!fits || (kind === 'whole' && !Number.isInteger(number)))
        throw new UsageError(
          `--${name} is "${String(value)}". Give a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}.`,
        );
      return number;
    }
    default:
      return option satisfies never;
  }
}
