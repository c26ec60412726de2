import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_ENTRIES } from '../../docs/site/api-entries.ts';
import { llmsFiles } from '../../docs/site/llms.ts';
import { PAGES } from '../../docs/site/pages.ts';
import { exampleNames } from '../../scripts/build-examples.ts';
import { ROOT } from './read-markdown.ts';

const SITE = `${ROOT}docs/.vitepress/dist/`;

/** Installs the site's tools, if need be, and builds it; a link that leads nowhere fails the build. */
describe('npm run docs:build', () => {
  beforeAll(async () => {
    const args = ['node_modules/tsx/dist/cli.mjs', 'scripts/docs.mjs', 'build'];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: 1e8 });
  }, 1_800_000);

  it('writes every page', () => {
    const pages = ['index', ...PAGES.map(({ path }) => path)];
    expect(pages.filter((path) => !existsSync(`${SITE}${path}.html`))).toEqual([]);
  });

  it('writes the API of every entry', () => {
    const missing = API_ENTRIES.filter(({ page }) => !existsSync(`${SITE}api/${page}/index.html`));
    expect(missing).toEqual([]);
  });

  it('writes every live example', () => {
    const names = ['quick-start', ...exampleNames()];
    expect(names.filter((name) => !existsSync(`${SITE}examples/${name}/index.html`))).toEqual([]);
  });

  it('writes the files for language models', () => {
    for (const [name, text] of Object.entries(llmsFiles(`${ROOT}docs`)))
      expect(readFileSync(SITE + name, 'utf8')).toBe(text);
  });
});
