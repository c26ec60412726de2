import { describe, expect, it } from 'vitest';
import { readMarkdown } from './read-markdown.ts';

const readme = readMarkdown('README.md');
const quickStart = readMarkdown('docs/quick-start.md');

/** Lines without their indentation. */
const bare = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');

/** Addresses of the images in a text of Markdown. */
const imagesIn = (text: string): string[] =>
  [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img\s[^>]*src="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html,
  );

describe('the README', () => {
  const code = readme.blocks.filter(({ info }) => info === 'ts');

  it('has its code from the quick start, line by line', () => {
    expect(code).toHaveLength(2);
    const shown = quickStart.blocks.map(({ text }) => bare(text)).join('\n');
    for (const { text } of code) expect(shown).toContain(bare(text));
  });

  it('shows ten lines in the scene', () => {
    expect(code[1].text.split('\n').length).toBeLessThanOrEqual(10);
  });

  it('begins with how to install it', () => {
    expect(readme.blocks[0]).toMatchObject({ info: 'sh', text: 'npm install phaser-foresight' });
  });

  it('is short', () => {
    expect(readme.text.split('\n').length).toBeLessThan(140);
  });

  it('shows its images on npm too, where a relative address leads nowhere', () => {
    const images = imagesIn(readme.text);
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((address) => !address.startsWith('https://'))).toEqual([]);
  });
});
