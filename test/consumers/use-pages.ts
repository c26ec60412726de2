import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from '../e2e/browser.ts';
import { holdClock } from '../e2e/game-clock.ts';
import { watchProblems } from './watch-problems.ts';

/** A page of a consumer, and everything that went wrong on it so far. */
export interface ConsumerPage {
  readonly page: Page;
  /** Uncaught errors, console errors and failed requests, in order. */
  readonly problems: readonly string[];
}

/** A browser for the tests of a file; returns what opens a page in it, its clock held. Pages close with their test. */
export function usePages(): (url: string) => Promise<ConsumerPage> {
  let browser: Browser;
  const opened: Page[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close();
  });
  afterAll(() => browser?.close());
  return async (url) => {
    const page = await browser.newPage({ viewport: { width: 320, height: 240 } });
    opened.push(page);
    const problems = watchProblems(page);
    await page.addInitScript(holdClock);
    await page.goto(url);
    return { page, problems };
  };
}
