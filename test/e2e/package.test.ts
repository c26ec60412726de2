import { execFile } from 'node:child_process';
import { copyFile, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERSION } from '../../src/util/version.ts';
import { launchBrowser } from './browser.ts';
import { ROOT } from './built-package.ts';
import { packed } from './packed.ts';
import type { Packed } from './packed.ts';
import { serveFiles } from './serve-files.ts';
import type { FileServer } from './serve-files.ts';

/** The package as npm would publish it, used the ways its users do. */
let made: Packed;

/** Runs Node where the package is installed. */
const node = (...args: string[]) =>
  promisify(execFile)(process.execPath, args, { cwd: made.project });

const scriptTagPage = (phaser: string): string =>
  `<!doctype html><link rel="icon" href="data:,">
  <script src="/node_modules/${phaser}/dist/phaser.min.js"></script>
  <script src="/node_modules/phaser-foresight/dist/phaser-foresight.global.js"></script>`;

const WORKER_PAGE = `<!doctype html><link rel="icon" href="data:,">
  <script type="module">
    import { wrap } from '/node_modules/comlink/dist/esm/comlink.mjs';
    const worker = new Worker('/node_modules/phaser-foresight/dist/foresight.worker.js', { type: 'module' });
    window.answer = wrap(worker).ready({ lock: 'lock' });
  </script>`;

/** Packages of the checkout that the pages use. */
const LINKED = ['comlink', 'phaser', 'phaser3'];

/** What `train.mjs` reports. */
const TRAINED = { engine: 'wasm', epochs: [1, 2], finite: true, predicted: 40, on: 'wasm' };

let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  made = await packed();
  for (const name of LINKED)
    await symlink(
      `${ROOT}node_modules/${name}`,
      `${made.project}/node_modules/${name}`,
      'junction',
    );
  server = await serveFiles(made.project, {
    '/worker.html': WORKER_PAGE,
    '/phaser.html': scriptTagPage('phaser'),
    '/phaser3.html': scriptTagPage('phaser3'),
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('gives its core to Node, without Phaser or tfjs', async () => {
  const script = `console.log(Object.keys(await import('phaser-foresight/core')).join())`;
  const { stdout } = await node('--input-type=module', '--eval', script);
  expect(stdout.trim().split(',')).toContain('ForesightError');
});

it('trains and predicts in Node, and lets the process end', async () => {
  const file = join(made.project, 'train.mjs');
  await copyFile(`${ROOT}test/e2e/consumer/train.mjs`, file);
  const { stdout } = await node(file);
  expect(JSON.parse(stdout)).toMatchObject(TRAINED);
});

it('trains and predicts in Node when it is bundled into one file', async () => {
  const file = join(made.project, 'bundled.mjs');
  await build({
    cwd: made.project,
    input: `${ROOT}test/e2e/consumer/train.mjs`,
    resolve: { alias: { 'phaser-foresight/core': `${made.dir}/dist/core.js` } },
    platform: 'node',
    output: { file, codeSplitting: false },
  });
  const { stdout } = await node(file);
  expect(JSON.parse(stdout)).toMatchObject(TRAINED);
});

it('runs its command', async () => {
  const { stdout } = await node(`${made.dir}/dist/cli.js`, '--help');
  expect(stdout).toContain('foresight');
});

it('ships a worker that needs no other file', async () => {
  expect(await readFile(`${made.dir}/dist/foresight.worker.js`, 'utf8')).not.toMatch(
    /\b(?:import|from)\s*["']/,
  );
  const page = await browser.newPage();
  await page.goto(`${server.url}/worker.html`);
  expect(await page.evaluate('answer')).toEqual({ version: VERSION, holdsLock: true });
});

it.each(['phaser', 'phaser3'])('runs from a script tag next to %s', async (phaser) => {
  const page = await browser.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${server.url}/${phaser}.html`);
  const plugin = await page.evaluate('typeof PhaserForesight?.ForesightPlugin');
  expect({ plugin, errors }).toEqual({ plugin: 'function', errors: [] });
});
