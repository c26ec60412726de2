/**
 * `npm run docs` serves the site of the documentation and shows every change of a page; `npm run docs:build`
 * writes it to docs/.vitepress/dist/. Both build the package, the live examples and the pages of the API
 * first. The site's tools are installed into docs/node_modules, apart from the package's own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildExamples } from './build-examples.ts';
import { buildPackage } from './build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(ROOT, 'docs');

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  // In a shell: npm is a batch file on Windows.
  const { status } = spawnSync([command, ...args].join(' '), {
    cwd: DOCS,
    shell: true,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${status}.`);
}

const mode = process.argv[2] === 'dev' ? 'dev' : 'build';
if (!existsSync(join(DOCS, 'node_modules/vitepress')))
  run('npm', ['ci', '--no-audit', '--no-fund']);
await buildPackage(join(ROOT, 'dist'));
// What is in public/ becomes part of the site.
await buildExamples({ dist: join(ROOT, 'dist'), outDir: join(DOCS, 'public/examples') });
run('npx', ['typedoc', '--options', 'typedoc.json', '--logLevel', 'Error']);
run('npx', ['vitepress', mode, '.']);
