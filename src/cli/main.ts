#!/usr/bin/env node
import process from 'node:process';
import { nearestName } from '../util/nearest-name.ts';
import { ForesightError } from '../util/error.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { COMMANDS, helpText } from './help.ts';
import type { Command } from './help.ts';
import { inspectCommand } from './inspect-command.ts';
import { trainCommand } from './train-command.ts';
import { UsageError } from './usage-error.ts';

/** Standard output gets the result and nothing else; everything said on the way goes to standard error. */
async function run([name, ...args]: readonly string[]): Promise<number> {
  const command = readCommand(name);
  if (command !== 'help' && args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(helpText(command));
    return 0;
  }
  switch (command) {
    case 'help':
      console.log(helpText(args.length ? readCommand(args[0]) : undefined));
      return 0;
    case 'train': {
      const { text, exitCode } = await trainCommand(args);
      console.log(text);
      return exitCode;
    }
    case 'evaluate':
      console.log(await evaluateCommand(args));
      return 0;
    case 'inspect':
      console.log(await inspectCommand(args));
      return 0;
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

/** Says what went wrong and returns the exit code: 2 for the command line, 1 for everything else. */
function report(error: unknown): number {
  const expected = error instanceof ForesightError || error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  console.error(`foresight: ${message}`);
  if (process.env.DEBUG) console.error(error);
  else if (!expected) console.error('This is a fault of foresight. Set DEBUG=1 to see where.');
  return error instanceof UsageError ? 2 : 1;
}

process.exitCode = await run(process.argv.slice(2)).catch(report);
