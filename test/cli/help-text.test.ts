import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import type { CommandHelp } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import {
  defaultOf,
  helpText,
  optionSyntax,
  overviewText,
  rangeOf,
} from '../../src/cli/help-text.ts';
import { foresightHere } from './run.ts';

const DOCS = new URL('../../docs/command-line.md', import.meta.url);

/** The options of a command as a table of Markdown, and its notes. */
function optionsText({ options, notes }: CommandHelp): string {
  const rows = Object.entries(options).map(([name, option]) => {
    const required = 'required' in option && option.required;
    const usual = required ? 'required' : defaultOf(option);
    return [`\`${optionSyntax(name, option)}\``, rangeOf(option), usual, option.help];
  });
  const titles = ['option', 'range', 'default', 'what it does'];
  const used = titles.map((_, column) => rows.some((row) => row[column]));
  const table = [titles, titles.map(() => '-'), ...rows]
    .map((row) => row.filter((_, column) => used[column]).map(escaped))
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
  return notes === undefined ? table : `${table}\n\n\`\`\`text\n${notes}\n\`\`\``;
}

/** A cell: "|" would end it, and "<" begin an element of HTML outside code. */
function escaped(cell = ''): string {
  const safe = cell.replaceAll('|', '\\|');
  return safe.startsWith('`') ? safe : safe.replaceAll('<', '&lt;');
}

/** The document with the options of every command as the table of commands has them. */
function withOptions(document: string): string {
  return document.replace(
    /(<!-- options of (\S+) -->\n)[^]*?(\n<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const command = COMMANDS.find((one) => one.name === name);
      if (!command) throw new Error(`docs/command-line.md has options of an unknown "${name}"`);
      return `${start}\n${optionsText(command)}\n${end}`;
    },
  );
}

// `npx vitest run --project unit test/cli/help-text.test.ts -u` writes these texts and tables again.
describe('help', () => {
  it.each(COMMANDS)('of $name', async (command) => {
    const { code, stdout } = await foresightHere(['help', command.name]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${helpText(command)}\n`);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(104);
    await expect(helpText(command)).toMatchFileSnapshot(`help/${command.name}.txt`);
  });

  it('of all commands', async () => {
    await expect(overviewText(COMMANDS)).toMatchFileSnapshot('help/foresight.txt');
  });

  it('shows a name of an example that the command itself accepts', () => {
    for (const { name, example } of COMMANDS)
      expect(example.startsWith(`foresight ${name} `)).toBe(true);
  });

  it('is in the document about the command line, option by option', async () => {
    const document = readFileSync(DOCS, 'utf8');
    for (const { name } of COMMANDS) expect(document).toContain(`<!-- options of ${name} -->`);
    const style = { parser: 'markdown', printWidth: manifest.prettier.printWidth };
    const written = await format(withOptions(document), style);
    await expect(written).toMatchFileSnapshot('../../docs/command-line.md');
  });
});

describe('foresight --version', () => {
  it.each(['--version', '-v'])('%s is the version of the package', async (option) => {
    const { code, stdout } = await foresightHere([option]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
  });
});
