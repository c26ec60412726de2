import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const README = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');

/** Addresses of the images in a text of Markdown. */
const imagesIn = (text: string): string[] =>
  [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img\s[^>]*src="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html,
  );

it('shows its images on npm too, where a relative address leads nowhere', () => {
  const images = imagesIn(README);
  expect(images.length).toBeGreaterThan(0);
  expect(images.filter((address) => !address.startsWith('https://'))).toEqual([]);
});
