import process from 'node:process';
import { version } from '../../package.json';
import { ForesightError, messageOf } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import type { Command, Terminal } from './command.ts';
import { COMMANDS } from './commands.ts';
import { helpText, overviewText } from './help-text.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs one command line and returns its exit code: 0, 130 after Ctrl-C, 2 for a wrong command line,
 * 1 for every other error. Errors are printed in one line; with DEBUG set, with their stack.
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.complain(`foresight: ${messageOf(error)}`);
    if (process.env.DEBUG && error instanceof Error) terminal.complain(error.stack ?? '');
    else if (!(error instanceof ForesightError || error instanceof UsageError))
      terminal.complain('This is a bug in foresight. Set DEBUG=1 to see where.');
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const about = name === 'help' ? args[0] : args.some(isHelp) ? name : undefined;
  if (name === '--version' || name === '-v') terminal.print(version);
  else if (about !== undefined && about !== 'help') terminal.print(helpText(commandOf(about)));
  else if (name === undefined || name === 'help' || isHelp(name))
    terminal.print(overviewText(COMMANDS));
  else return commandOf(name).execute(args, terminal);
  return 0;
}

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h';

function commandOf(name: string): Command {
  const known = COMMANDS.find((command) => command.name === name);
  if (known) return known;
  const names = [...COMMANDS.map((command) => command.name), 'help'];
  throw new UsageError(
    `There is no command "${name}". Did you mean "${nearestName(name, names)}"? The commands are ${names.join(', ')}.`,
  );
}
