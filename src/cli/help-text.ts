import type { Command, CommandHelp } from './command.ts';
import type { Option } from './parse-arguments.ts';

/** Columns of a line of help. */
const WIDTH = 100;

/** The list of all commands, for `foresight help`. */
export function overviewText(commands: readonly Command[]): string {
  const lines = [
    ...commands.map(({ name, positionals, summary }): [string, string] => [
      usageOf({ name, positionals, options: {} }),
      summary,
    ]),
    ['foresight help [command]', 'all options of a command'] as const,
    ['foresight --version', 'the version of this package'] as const,
  ];
  return `foresight: predicts what a game character will do next, learned from recorded episodes.

${hang(lines)}

Files of episodes are JSON lines, the binary format, or CSV with a --spec; gzipped or not.
--json prints one JSON object to standard output instead of text.
DEBUG=1 adds the stack to an error.
`;
}

/** The text of `foresight help <command>`. */
export function helpText(command: CommandHelp): string {
  const options = Object.entries(command.options).map(([name, option]): [string, string] => [
    optionSyntax(name, option),
    option.help + limitsOf(option),
  ]);
  const parts = [
    `${usageOf(command)} [options]`,
    wrap(command.about, WIDTH),
    `For example: ${command.example}`,
    hang(options),
    ...(command.notes === undefined ? [] : [command.notes]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** "foresight train <files...> --out <file>": what a command cannot do without. */
export function usageOf({
  name,
  positionals,
  options,
}: Pick<CommandHelp, 'name' | 'positionals' | 'options'>): string {
  const places = Object.entries(positionals).map(([place, { many, optional }]) => {
    const shown = `${place}${many ? '...' : ''}`;
    return optional ? `[${shown}]` : `<${shown}>`;
  });
  const required = Object.entries(options).flatMap(([option, table]) =>
    'required' in table && table.required ? [optionSyntax(option, table)] : [],
  );
  return ['foresight', name, ...places, ...required].join(' ');
}

/** "--units <n>": an option with its value. */
export function optionSyntax(name: string, option: Option): string {
  switch (option.kind) {
    case 'flag':
      return `--${name}`;
    case 'text':
      return `--${name} <${option.value}>`;
    case 'texts':
      return `--${name} <${option.value}...>`;
    case 'choice':
      return `--${name} <${option.of.join('|')}>`;
    case 'number':
    case 'whole':
      return `--${name} <${option.kind === 'whole' ? 'n' : 'x'}>`;
    default:
      return option satisfies never;
  }
}

/** What the value may be, "1 to 3"; undefined where anything may be. */
export function rangeOf(option: Option): string | undefined {
  if (option.kind !== 'number' && option.kind !== 'whole') return undefined;
  const { min, max } = option;
  // A limit of the format of numbers means nothing to people.
  return max >= 2 ** 31 - 1 ? `${min} or more` : `${min} to ${max}`;
}

/** What applies without the option; undefined for nothing. */
export function defaultOf(option: Option): string | undefined {
  if (option.kind === 'flag' || option.kind === 'texts') return undefined;
  const value = option.default ?? option.otherwise;
  return value === undefined ? undefined : String(value);
}

function limitsOf(option: Option): string {
  if ('required' in option && option.required) return ' (required)';
  const value = defaultOf(option);
  const limits = [rangeOf(option), value === undefined ? undefined : `default: ${value}`].filter(
    (limit) => limit !== undefined,
  );
  return limits.length ? ` (${limits.join('; ')})` : '';
}

/** Texts next to their names, wrapped. */
function hang(lines: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...lines.map(([name]) => name.length));
  const column = widest + 4;
  return lines
    .map(([name, text]) => {
      const wrapped = wrap(text, WIDTH - column).replaceAll('\n', `\n${' '.repeat(column)}`);
      return `  ${name.padEnd(widest)}  ${wrapped}`;
    })
    .join('\n');
}

/** Breaks lines at spaces; blank lines stay. */
function wrap(text: string, width: number): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs
    .map((paragraph) => {
      const lines = [''];
      for (const word of paragraph.split(/\s+/)) {
        const line = lines[lines.length - 1];
        if (!line) lines[lines.length - 1] = word;
        else if (line.length + 1 + word.length <= width)
          lines[lines.length - 1] = `${line} ${word}`;
        else lines.push(word);
      }
      return lines.join('\n');
    })
    .join('\n\n');
}
