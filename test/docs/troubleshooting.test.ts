import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT, readMarkdown } from './read-markdown.ts';

/** The text of all sources, in which a message may be spread over lines and template strings. */
const SOURCES = ['src', 'plugin']
  .flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`${ROOT}${folder}/${name}`, 'utf8')),
  )
  .join('\n')
  .replaceAll(/['`"] \+\n\s*['`"]/g, '');

const page = readMarkdown('docs/troubleshooting.md');

describe('troubleshooting', () => {
  it('has a section for every error code', () => {
    const union = /export type ErrorCode =(?<codes>[^;]*);/.exec(
      readFileSync(`${ROOT}src/util/error.ts`, 'utf8'),
    )!.groups!.codes;
    const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(page.headings.filter((one) => codes.includes(one))).toEqual(codes.sort());
  });

  // Advice without a message comes first, TypeScript's own messages last.
  const ours = page.text.slice(
    page.text.indexOf('\n## bad-config\n'),
    page.text.indexOf('\n## Types\n'),
  );
  const quoted = [...ours.matchAll(/^- `([^`]+)`/gm)].map(([, message]) => message);

  it('quotes messages', () => {
    expect(quoted.length).toBeGreaterThan(30);
  });

  it.each(quoted)('quotes what the sources have: %s', (message) => {
    const parts = message.split('…').map((part) => part.trim());
    const missing = parts.filter((part) => part.length > 2 && !SOURCES.includes(part));
    expect(missing).toEqual([]);
  });
});
