import { parseArguments } from './parse-arguments.ts';
import type { Arguments, OptionTable, Positionals } from './parse-arguments.ts';

/** What a command writes to and reads from. */
export interface Terminal {
  /** The result, and nothing else; one or more lines. */
  print(text: string): void;
  /** Errors; one or more lines. */
  complain(text: string): void;
  /** Shows how far a command is. */
  readonly progress: NodeJS.WritableStream;
  /** Waits for a yes or no to the question; absent where no one can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** What help and docs show of a command. */
export interface CommandHelp {
  readonly name: string;
  /** A few words for the list of commands, such as "train a model". */
  readonly summary: string;
  /** What it does, in whole sentences; a blank line starts a paragraph. */
  readonly about: string;
  /** A command line that works, for help and errors. */
  readonly example: string;
  readonly positionals: Positionals;
  readonly options: OptionTable;
  /** Shown below the options as they are. */
  readonly notes?: string;
}

/** A command in a list of others: its arguments and result have no types any more. */
export interface Command extends CommandHelp {
  /** Runs it on its part of the command line, prints its result and returns the exit code. */
  execute(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** A command as it is written: the types of its arguments follow from the table. */
export interface CommandTable<
  P extends Positionals,
  O extends OptionTable,
  Result extends object,
> extends CommandHelp {
  readonly positionals: P;
  /** With a flag `json` the result is printed as one JSON object. */
  readonly options: O;
  run(args: Arguments<P, O>, terminal: Terminal): Result | Promise<Result>;
  /** The result for people. */
  text(result: Result): string;
  /** The result for programs; as it is unless given. */
  json?(result: Result): object;
  /** 0 unless given. */
  exitCode?(result: Result): number;
}

/** A command that parses its arguments, runs and prints its result as text or JSON. */
export function command<
  const P extends Positionals,
  const O extends OptionTable,
  Result extends object,
>(table: CommandTable<P, O, Result>): Command {
  return {
    ...table,
    async execute(args, terminal) {
      const given = parseArguments(args, table);
      const result = await table.run(given, terminal);
      const { json }: { readonly json?: unknown } = given.options;
      terminal.print(
        json ? JSON.stringify(table.json ? table.json(result) : result) : table.text(result),
      );
      return table.exitCode?.(result) ?? 0;
    },
  };
}
