import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { API_ENTRIES } from '../../docs/site/api-entries.ts';
import { ROOT } from './read-markdown.ts';

const readJson = (path: string): unknown => JSON.parse(readFileSync(ROOT + path, 'utf8'));

/** Entries without names of their own to describe. */
const WITHOUT_NAMES = ['./worker', './scene-types', './package.json'];

describe('the pages of the API', () => {
  const { exports } = readJson('package.json') as { exports: Record<string, unknown> };
  const { entryPoints } = readJson('docs/typedoc.json') as { entryPoints: string[] };

  it('are of every entry of the package', () => {
    const entries = Object.keys(exports).filter((entry) => !WITHOUT_NAMES.includes(entry));
    expect(API_ENTRIES.map(({ name }) => name)).toEqual(
      entries.map((entry) => `phaser-foresight${entry.slice(1)}`),
    );
  });

  it('are made from as many sources', () => {
    expect(entryPoints).toHaveLength(API_ENTRIES.length);
  });
});
