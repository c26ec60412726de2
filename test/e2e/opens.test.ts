import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openDemo } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('opens the built demo without a single error', async () => {
  const { page, problems } = await openDemo(browser);
  await page.waitForSelector('canvas');
  await page.waitForLoadState('networkidle');
  expect(problems).toEqual([]);
});
