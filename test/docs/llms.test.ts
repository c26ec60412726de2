import { describe, expect, it } from 'vitest';
import { llmsFiles, plainPage } from '../../docs/site/llms.ts';
import { PAGES } from '../../docs/site/pages.ts';
import { RAW, REPOSITORY } from '../../docs/site/repository.ts';
import { ROOT, readMarkdown } from './read-markdown.ts';

describe('the files for language models', () => {
  const files = llmsFiles(`${ROOT}docs`);

  it('list every page with its address and what it answers', () => {
    for (const { path, title, about } of PAGES)
      expect(files['llms.txt']).toContain(`- [${title}](${RAW}/docs/${path}.md): ${about}`);
  });

  it('begin with a title and a summary', () => {
    for (const text of Object.values(files))
      expect(text).toMatch(/^# phaser-foresight\n\n> .{40,}\n/);
  });

  it('hold every page and every block of code', () => {
    for (const { path } of PAGES) {
      const { headings, blocks } = readMarkdown(`docs/${path}.md`);
      expect(files['llms-full.txt']).toContain(`\n# ${headings[0]}\n`);
      for (const { text } of blocks) expect(files['llms-full.txt']).toContain(text);
    }
  });

  it('have absolute links only', () => {
    const relative = /\]\((?!https:|#)[^)]*\)/g;
    const prose = files['llms-full.txt'].replaceAll(/^```[\s\S]*?^```/gm, '');
    expect([...prose.matchAll(relative)].map(([link]) => link)).toEqual([]);
  });

  it('leave out comments, and lead to files outside docs on GitHub', () => {
    const page =
      'Text <!-- note -->with [a](b.md#c), [d](../e.ts) and [f](#g).\n\n```ts\n<!-- x -->\n```';
    expect(plainPage(page)).toBe(
      `Text with [a](${RAW}/docs/b.md#c), [d](${REPOSITORY}/blob/main/e.ts) and [f](#g).\n\n` +
        '```ts\n<!-- x -->\n```',
    );
  });
});
