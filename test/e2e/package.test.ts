import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERSION } from '../../src/util/version.ts';
import { launchBrowser } from './browser.ts';
import { builtPackage, ROOT } from './built-package.ts';
import { serveFiles } from './serve-files.ts';
import type { FileServer } from './serve-files.ts';

/** The package as npm would publish it, used the ways its users do. */
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: ROOT });

const scriptTagPage = (phaser: string): string =>
  `<!doctype html><link rel="icon" href="data:,">
  <script src="/node_modules/${phaser}/dist/phaser.min.js"></script>
  <script src="/dist/phaser-foresight.global.js"></script>`;

const WORKER_PAGE = `<!doctype html><link rel="icon" href="data:,">
  <script type="module">
    import { wrap } from '/node_modules/comlink/dist/esm/comlink.mjs';
    window.answer = wrap(new Worker('/dist/foresight.worker.js', { type: 'module' })).ready({ lock: 'lock' });
  </script>`;

let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  await builtPackage();
  server = await serveFiles(ROOT, {
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

it('trains in Node, and lets the process end', async () => {
  const { stdout } = await node('test/e2e/consumer/train.mjs');
  expect(JSON.parse(stdout)).toMatchObject({ engine: 'wasm', epochs: [1, 2], finite: true });
});

it('trains in Node when it is bundled into one file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'foresight-node-'));
  try {
    const file = join(folder, 'train.mjs');
    await build({
      cwd: ROOT,
      input: 'test/e2e/consumer/train.mjs',
      platform: 'node',
      output: { file, codeSplitting: false },
    });
    const { stdout } = await node(file);
    expect(JSON.parse(stdout)).toMatchObject({ engine: 'wasm', epochs: [1, 2], finite: true });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('runs its command', async () => {
  const { stdout } = await node('dist/cli.js', '--help');
  expect(stdout).toContain('foresight');
});

it('ships a worker that needs no other file', async () => {
  expect(await readFile(`${ROOT}dist/foresight.worker.js`, 'utf8')).not.toMatch(
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
