import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemo } from './browser.ts';
import { findFirefox, launchFirefox } from './firefox.ts';
import { knownIn, playAndTrain } from './play-and-train.ts';

const firefox = findFirefox();
let browser: Browser | undefined;

beforeAll(async () => {
  if (firefox) browser = await launchFirefox(firefox);
});
afterAll(() => browser?.close());

it('plays, records, learns, trains, predicts and comes back in Firefox', async ({ skip }) => {
  if (!browser) return skip('no Firefox: see CONTRIBUTING.md');
  const { page, problems } = await openDemo(browser, '?seed=1&engine=wasm');
  await playAndTrain(page);
  const first = await knownIn(page);
  expect(first.steps).toBeGreaterThanOrEqual(16);
  expect(first.updates).toBeGreaterThan(0);
  expect(first.scored).toBeGreaterThan(0);
  expect(first.isRestored).toBe(false);

  await page.reload();
  await playAndTrain(page);
  const next = await knownIn(page);
  expect(next.isRestored).toBe(true);
  expect(next.steps).toBeGreaterThan(first.steps);
  expect(problems).toEqual([]);
  console.info(`Firefox ${browser.version()}: ${JSON.stringify({ first, next })}`);
});
