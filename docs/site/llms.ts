import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outsideLink } from './markdown.ts';
import { PAGES, SECTIONS } from './pages.ts';
import { RAW, REPOSITORY } from './repository.ts';

const SUMMARY =
  'A TypeScript plugin for Phaser that predicts what a character will do next. It records play, trains an ' +
  'LSTM with n-gram experts in a worker while the game runs, and gives live predictions to NPCs. Nothing ' +
  "leaves the player's device.";

const LINK = /(\]\()(?<target>[^)\s]+)(\))/g;
const COMMENT = /<!--[\s\S]*?-->\n*/g;
const FENCE = /^(```[\s\S]*?^```)$/m;

const addressOf = (path: string): string => `${RAW}/docs/${path}.md`;

/** A page's Markdown as a reader outside the site needs it: without comments, and with absolute links. */
export function plainPage(markdown: string): string {
  return markdown
    .split(FENCE)
    .map((part, i) => (i % 2 ? part : part.replace(COMMENT, '').replace(LINK, absolute)))
    .join('')
    .trim();
}

function absolute(match: string, open: string, target: string, close: string): string {
  if (/^(\w+:|#)/.test(target)) return match;
  return `${open}${outsideLink(target) ?? `${RAW}/docs/${target}`}${close}`;
}

/**
 * The files for language models (https://llmstxt.org): `llms.txt` lists the pages, `llms-full.txt` holds
 * them.
 *
 * @param docs the folder docs
 */
export function llmsFiles(docs: string): Readonly<Record<'llms.txt' | 'llms-full.txt', string>> {
  const head = `# phaser-foresight\n\n> ${SUMMARY}\n`;
  const lists = SECTIONS.map(({ title, pages }) =>
    [
      `## ${title}\n`,
      ...pages.map((page) => `- [${page.title}](${addressOf(page.path)}): ${page.about}`),
    ].join('\n'),
  );
  const texts = PAGES.map(({ path }) => plainPage(readFileSync(join(docs, `${path}.md`), 'utf8')));
  return {
    'llms.txt': `${[head, ...lists].join('\n')}\n\nSource: ${REPOSITORY}\n`,
    'llms-full.txt': `${[head.trim(), ...texts].join('\n\n')}\n`,
  };
}
