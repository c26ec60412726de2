#!/usr/bin/env node
import process from 'node:process';
import { createInterface } from 'node:readline';
import { useFastWasm } from './fast-wasm.ts';
import { runCommand } from './run-command.ts';

const { stdin: input, stderr: output } = process;

/** No is the answer to everything but a yes, and to the end of the input. */
function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(false));
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      lines.close();
    });
  });
}

useFastWasm();
process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  progress: output,
  ...(input.isTTY && output.isTTY && { confirm }),
});
