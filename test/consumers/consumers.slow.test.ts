import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from '../e2e/browser.ts';
import { CONSUMERS } from './consumers.ts';
import { installToolbox } from './harness/toolbox.ts';
import type { Toolbox } from './harness/toolbox.ts';
import { runConsumer } from './run-consumer.ts';

let browser: Browser;
let toolbox: Toolbox;

beforeAll(async () => {
  toolbox = await installToolbox();
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

it.each(CONSUMERS)('$name ($tool) learns and predicts', async (consumer) => {
  const { report, workerFrom, problems } = await runConsumer(consumer, { browser, toolbox, packed: inject('packed') });
  console.info(consumer.name, consumer.tool, workerFrom, problems, JSON.stringify(report));
  expect(report).toMatchObject({ engine: 'wasm', errors: [] });
});
