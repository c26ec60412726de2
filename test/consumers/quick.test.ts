import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from '../e2e/browser.ts';
import type { Consumer } from './consumer.ts';
import { ROOT_TOOLBOX } from './harness/toolbox.ts';
import { runConsumer } from './run-consumer.ts';
import { esbuildScript } from './shapes/esbuild.ts';
import { scriptTag } from './shapes/script-tag.ts';
import { viteDev } from './shapes/vite.ts';

/** The consumers that need nothing but what the project has installed already. */
const QUICK: readonly Consumer[] = [viteDev(), esbuildScript, scriptTag()];

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

it.each(QUICK)('$name learns and predicts without configuration', async (consumer) => {
  const { report, workerFrom } = await runConsumer(consumer, {
    browser,
    toolbox: ROOT_TOOLBOX,
    packed: inject('packed'),
  });
  expect(report).toMatchObject({ engine: 'wasm', errors: [] });
  expect(workerFrom).not.toBe('none');
});
