import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import type { Token } from 'marked';

/** The root of the repository, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A block of code in a page. */
export interface CodeBlock {
  /** What follows the opening fence: the language, then a file name or a mark. */
  readonly info: string;
  readonly text: string;
  /** Line of the page that the code begins at, from 1. */
  readonly line: number;
  /** The comment right before it, without its brackets; empty without one. */
  readonly comment: string;
}

export interface MarkdownFile {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  /** Headings as they are written, without their marks. */
  readonly headings: readonly string[];
  /** Targets of links, without images. */
  readonly links: readonly string[];
  readonly images: readonly string[];
}

const COMMENT = /<!-- (?<content>[\s\S]*?) -->\s*$/;

/** Reads a Markdown file by its path from the root. */
export function readMarkdown(path: string): MarkdownFile {
  // A page may begin with settings of the site.
  const text = readFileSync(ROOT + path, 'utf8');
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, (settings) => settings.replace(/[^\n]/g, ' '));
  const blocks: CodeBlock[] = [];
  const headings: string[] = [];
  const links: string[] = [];
  const images: string[] = [];
  const marked = new Marked();
  const tokens = marked.lexer(body);
  let before = '';
  let line = 1;
  for (const token of tokens) {
    const blank = /^\n*/.exec(token.raw)![0].length;
    if (token.type === 'code')
      blocks.push({
        info: token.lang ?? '',
        text: token.text,
        line: line + blank + 1,
        comment: COMMENT.exec(before)?.groups?.content ?? '',
      });
    before = token.type === 'space' ? before : token.raw;
    line += token.raw.split('\n').length - 1;
  }
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'heading') headings.push(token.text);
    if (token.type === 'link') links.push(token.href);
    if (token.type === 'image') images.push(token.href);
  });
  return { path, text, blocks, headings, links, images };
}

const markdownIn = (folder: string): string[] =>
  existsSync(ROOT + folder)
    ? readdirSync(ROOT + folder)
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${folder}/${name}`)
    : [];

/** Paths of the pages of the site. */
export const sitePages = (): string[] => markdownIn('docs');

/** Paths of all documents that a reader may come to. */
export const allDocuments = (): string[] => [
  'README.md',
  'CONTRIBUTING.md',
  'assets/ASSETS.md',
  ...markdownIn('examples/regression'),
  ...markdownIn('examples/robot'),
  ...sitePages(),
];
