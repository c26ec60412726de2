import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCode, checkedBlocks, isUnchecked, languageOf } from './check-code.ts';
import { exampleNames } from '../../scripts/build-examples.ts';
import { ROOT, allDocuments, readMarkdown } from './read-markdown.ts';
import type { MarkdownFile } from './read-markdown.ts';

const pages = allDocuments().map(readMarkdown);
const quickStart = readMarkdown('docs/quick-start.md');

/** Blocks that may be left out, all documents together. */
const MOST_UNCHECKED = 3;

/** A page of one block, whose code begins at line 10. */
const invented = (path: string, text: string, comment = ''): MarkdownFile => ({
  ...quickStart,
  path,
  blocks: [{ info: 'ts', text, comment, line: 10 }],
});

const examples = exampleNames().map((name): MarkdownFile => {
  const path = `docs/examples/${name}/main.ts`;
  const text = readFileSync(ROOT + path, 'utf8');
  return { ...quickStart, path, text, blocks: [{ info: 'ts', text, comment: '', line: 1 }] };
});

const SCENE = `import { Scene } from 'phaser';\nexport const of = (scene: Scene) => scene.foresight;`;
const INVENTED = [
  invented('wrong-type.md', `const a = 1;\nconst b: string = a;`),
  invented(
    'wrong-action.md',
    `import type { Prediction } from 'phaser-foresight';\n\nhero.act('jabb');`,
    'prelude: scene',
  ),
  invented('no-scene-types.md', SCENE),
  invented('scene-types.md', `import 'phaser-foresight/scene-types';\n${SCENE}`),
];

// All at once: a program takes seconds to begin, and little more for each block.
const errors = checkCode([...pages, ...examples, ...INVENTED], quickStart);
const errorsOf = (path: string): string[] => errors.filter((error) => error.startsWith(`${path}:`));

describe('the code in the documents', () => {
  it('is found', () => {
    expect(pages.flatMap(checkedBlocks).length).toBeGreaterThan(20);
  });

  it.each([...pages, ...examples].map(({ path }) => path))('compiles in %s', (path) => {
    expect(errorsOf(path)).toEqual([]);
  });

  it('has the languages that the check knows', () => {
    const languages = new Set(pages.flatMap(({ blocks }) => blocks.map(languageOf)));
    expect(
      [...languages].filter((one) => /^(typescript|javascript|tsx|jsx|mjs)$/.test(one)),
    ).toEqual([]);
  });

  it('is left out of the check only now and then, for a reason', () => {
    const left = pages.flatMap(({ blocks }) => blocks.filter(isUnchecked));
    expect(left.length).toBeLessThanOrEqual(MOST_UNCHECKED);
    for (const { comment } of left) expect(comment).toMatch(/^not checked: .{10,}/);
  });
});

describe('the check itself', () => {
  it('reports the line of the page', () => {
    expect(errorsOf('wrong-type.md')).toEqual([
      `wrong-type.md:11 Type 'number' is not assignable to type 'string'.`,
    ]);
  });

  it('reports a misspelled action in a fragment, with its line', () => {
    expect(errorsOf('wrong-action.md')).toEqual([
      expect.stringContaining(`wrong-action.md:12 Argument of type '"jabb"'`),
    ]);
  });

  it('knows what scene-types declare only where they are imported', () => {
    expect(errorsOf('no-scene-types.md')).toEqual([
      expect.stringContaining(`Property 'foresight' does not exist`),
    ]);
    expect(errorsOf('scene-types.md')).toEqual([]);
  });
});
