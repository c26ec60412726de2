import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { API_ENTRIES } from '../../docs/site/api-entries.ts';
import { PAGES } from '../../docs/site/pages.ts';
import { RAW } from '../../docs/site/repository.ts';
import { ROOT, allDocuments, readMarkdown, sitePages } from './read-markdown.ts';
import type { MarkdownFile } from './read-markdown.ts';

const documents = new Map(allDocuments().map((path) => [path, readMarkdown(path)]));

/** The anchor that GitHub gives a heading. */
const githubAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

/** The anchor that the site gives a heading, for headings without accents. */
const siteAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('-')
    .replace(/^(\d)/, '_$1');

/** The fault of a link in a document; null for a good one. */
function faultOf(page: MarkdownFile, href: string): string | null {
  if (/^(https?|mailto):/.test(href)) return null;
  const [target, anchor] = href.split('#');
  const path = target ? join(dirname(page.path), target) : page.path;
  // Generated, so the build of the site checks what links there.
  if (path.startsWith('docs/api/'))
    return API_ENTRIES.some((entry) => path === `docs/api/${entry.page}/index.md`)
      ? null
      : 'is no entry of the API';
  if (!existsSync(ROOT + path)) return 'leads nowhere';
  if (anchor === undefined) return null;
  const headings = documents.get(path)?.headings ?? [];
  // On the site and on GitHub.
  return headings.some((one) => githubAnchor(one) === anchor && siteAnchor(one) === anchor)
    ? null
    : 'has no such heading, or one whose anchor differs between GitHub and the site';
}

describe('the documents', () => {
  it.each([...documents.keys()])('%s: every link resolves', (path) => {
    const page = documents.get(path)!;
    const faults = page.links.flatMap((href) => {
      const fault = faultOf(page, href);
      return fault ? [`${href} ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it.each([...documents.keys()])('%s: every image exists', (path) => {
    const { images } = documents.get(path)!;
    const missing = images.filter((src) => {
      const file = src.startsWith(`${RAW}/`) ? src.slice(RAW.length + 1) : join(dirname(path), src);
      return !existsSync(ROOT + file);
    });
    expect(missing).toEqual([]);
  });

  it('has images at absolute addresses in the README, since npm shows it too', () => {
    const { images } = documents.get('README.md')!;
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((src) => !src.startsWith(`${RAW}/docs/`))).toEqual([]);
  });
});

describe('the list of pages', () => {
  it('has every page of the site once, except the home page', () => {
    const listed = PAGES.map(({ path }) => `docs/${path}.md`);
    const pages = sitePages().filter((path) => path !== 'docs/index.md');
    expect(listed.sort()).toEqual(pages.sort());
  });
});

describe('the check of links', () => {
  const page = (links: string[]): MarkdownFile => ({ ...documents.get('docs/index.md')!, links });

  it.each([
    ['a missing file', 'no-such-page.md', 'leads nowhere'],
    ['a missing heading', 'quick-start.md#no-such-heading', 'has no such heading'],
    ['an entry that the package has not', 'api/nonsense/index.md', 'is no entry'],
  ])('reports %s', (_, href, fault) => {
    expect(faultOf(page([href]), href)).toContain(fault);
  });

  it('reports an anchor that works on one of GitHub and the site only', () => {
    expect(githubAnchor('1. Make it')).not.toBe(siteAnchor('1. Make it'));
  });
});
