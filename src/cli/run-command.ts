import process from 'node:process';
import { ForesightError } from '../util/error.ts';
import { nearestName } from '../util/nearest-name.ts';
import { crossValidateCommand } from './cross-validate-command.ts';
import { distillCommand } from './distill-command.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { COMMANDS, helpText } from './help.ts';
import type { Command } from './help.ts';
import { inspectCommand } from './inspect-command.ts';
import { quantizeCommand } from './quantize-command.ts';
import { trainCommand } from './train-command.ts';
import { UsageError } from './usage-error.ts';

/** The output of a command; each call writes one or more lines. */
export interface CommandOutput {
  /** The result, and nothing else. */
  print(text: string): void;
  /** Errors and progress. */
  complain(text: string): void;
  /** Shows how far a training is. */
  readonly progress: NodeJS.WritableStream;
}

/**
 * Runs one command line and returns its exit code: 0, 130 after Ctrl-C, 2 for a wrong command line,
 * 1 for every other error. Errors are printed in one line; with DEBUG set, with their stack.
 */
export async function runCommand(
  args: readonly string[],
  { print, complain, progress }: CommandOutput,
): Promise<number> {
  try {
    const { text, exitCode } = await dispatch(args, progress);
    print(text);
    return exitCode;
  } catch (error) {
    complain(`foresight: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.DEBUG && error instanceof Error) complain(error.stack ?? '');
    else if (!(error instanceof ForesightError || error instanceof UsageError))
      complain('This is a bug in foresight. Set DEBUG=1 to see where.');
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch(
  [name, ...args]: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<{ text: string; exitCode: number }> {
  const command = readCommand(name);
  if (command !== 'help' && args.some((arg) => arg === '--help' || arg === '-h'))
    return { text: helpText(command), exitCode: 0 };
  switch (command) {
    case 'help':
      return { text: helpText(args.length ? readCommand(args[0]) : undefined), exitCode: 0 };
    case 'train':
      return trainCommand(args, progress);
    case 'evaluate':
      return { text: await evaluateCommand(args, progress), exitCode: 0 };
    case 'cross-validate':
      return crossValidateCommand(args, progress);
    case 'inspect':
      return { text: await inspectCommand(args), exitCode: 0 };
    case 'distill':
      return distillCommand(args, progress);
    case 'quantize':
      return { text: await quantizeCommand(args), exitCode: 0 };
    default:
      return command satisfies never;
  }
}

function readCommand(name: string | undefined): Command {
  if (name === undefined || name === '--help' || name === '-h') return 'help';
  const known = COMMANDS.find((command) => command === name);
  if (known) return known;
  throw new UsageError(
    `There is no command "${name}". Did you mean "${nearestName(name, COMMANDS)}"? The commands are ${COMMANDS.join(', ')}.`,
  );
}
