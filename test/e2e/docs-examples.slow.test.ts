import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExamples, exampleNames } from '../../scripts/build-examples.ts';
import { liveExample } from '../../docs/site/markdown.ts';
import { readMarkdown, sitePages } from '../docs/read-markdown.ts';
import { launchBrowser } from './browser.ts';
import { builtPackage } from './built-package.ts';
import { serveFiles } from './serve-files.ts';
import type { FileServer } from './serve-files.ts';

/** Waits for trainings in a worker that shares the processor with the page. */
const PATIENT = { timeout: 120_000 } as const;

let outDir: string;
let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'foresight-examples-'));
  await buildExamples({ dist: await builtPackage(), outDir });
  // The page of the quick start names no icon, so the browser looks for one.
  server = await serveFiles(outDir, { '/favicon.ico': '' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  if (outDir) await rm(outDir, { recursive: true, force: true });
});

/** Opens an example; `problems` collects uncaught errors and errors on the console. */
async function open(name: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 700, height: 560 } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${server.url}/${name}/index.html`);
  return { page, problems };
}

/** Presses keys in turn until the text of the status fits, a frame of the page for each. */
async function pressUntil(page: Page, keys: readonly string[], wanted: RegExp): Promise<string> {
  const status = page.locator('#status');
  for (let presses = 0; presses < 2000; presses++) {
    await page.keyboard.press(keys[presses % keys.length]);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const text = (await status.textContent()) ?? '';
    if (wanted.test(text)) return text;
  }
  throw new Error(`After 2000 keys the status is: ${await status.textContent()}`);
}

describe('the live examples of the docs', () => {
  it('are all embedded in a page', () => {
    const embedded = sitePages()
      .flatMap((path) => readMarkdown(path).text.split('\n'))
      .flatMap((line) => liveExample(line) ?? []);
    expect(embedded.sort()).toEqual(['quick-start', ...exampleNames()].sort());
  });

  it('quick start: the rival learns and expects the next action', async () => {
    const { page, problems } = await open('quick-start');
    await page.locator('canvas').click();
    const text = await pressUntil(
      page,
      ['j', 'j', 'k'],
      /learned [1-9]\d* times and expects: (jab|kick|block)/,
    );
    expect(text).toMatch(/^You: (jab|kick), rival: (jab|kick|block)\. Score \d+ : \d+\./);
    expect(problems).toEqual([]);
  });

  it('payoff: predictions gain more than the same rival without them', async () => {
    const { page, problems } = await open('payoff');
    await page.waitForFunction(
      () => {
        const gain = (id: string) => Number(document.getElementById(id)?.textContent);
        return gain('with') > 0.3 && gain('with') > gain('without') + 0.2;
      },
      null,
      PATIENT,
    );
    await page.locator('button[data-action=kick]').click();
    const after = await page.locator('#status').textContent();
    // The script stops when a person takes over.
    await page.locator('button[data-action=kick]').click();
    const next = await page.locator('#status').textContent();
    const count = (text: string | null): number => Number(/\d+/.exec(text ?? ''));
    expect(count(next)).toBe(count(after) + 1);
    expect(problems).toEqual([]);
  });

  it('training panel: opens over the game and shows predictions', async () => {
    const { page, problems } = await open('training-panel');
    await page.locator('#toggle').click();
    const panel = page.locator('.foresight-panel');
    await panel.waitFor(PATIENT);
    await panel.getByText('block', { exact: false }).first().waitFor(PATIENT);
    await page.locator('#toggle').click();
    await panel.waitFor({ state: 'detached', ...PATIENT });
    expect(problems).toEqual([]);
  });

  it('core: guesses a pattern, without Phaser', async () => {
    const { page, problems } = await open('core');
    await pressUntil(page, ['f', 'j'], /It guessed [1-9]\d* of [1-9]\d* right/);
    expect(await page.locator('canvas').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
