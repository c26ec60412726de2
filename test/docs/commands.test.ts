import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { allDocuments, readMarkdown } from './read-markdown.ts';

/** Every line of the documents' shell blocks that runs the command, as what follows its name. */
const lines = allDocuments().flatMap((path) =>
  readMarkdown(path)
    .blocks.filter(({ info }) => info === 'sh')
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, '').split('\n'))
    .flatMap((line) => {
      const args =
        /(?:^npx (?:phaser-)?foresight|^npm run (?:--silent )?foresight --) (?<args>.+)$/.exec(
          line,
        );
      return args ? [{ path, text: args.groups!.args }] : [];
    }),
);

describe('the command in the documents', () => {
  it('is found', () => {
    expect(lines.length).toBeGreaterThan(8);
  });

  it.each(lines)('exists with its options in $path: $text', ({ text }) => {
    const [name, ...args] = text.split(/\s+/);
    const command = COMMANDS.find((one) => one.name === name);
    expect(command).toBeDefined();
    expect(() => parseArguments(args, command!)).not.toThrow();
  });
});
