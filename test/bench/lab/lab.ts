import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from '../../../scripts/chromium.mjs';
import type { TrialRequest } from '../page/create-trial.ts';
import type { BenchPage } from '../page/main.ts';
import type { Contestant } from '../race.ts';
import { servePages } from './serve-pages.ts';

/** An engine that waits in its own page, and the numbers of its check. */
export interface PageContestant extends Contestant {
  readonly checked: readonly number[];
  close(): Promise<void>;
}

/** A headless Chromium and a server of pages, one page for each engine that is timed. */
export interface Lab {
  readonly browser: Browser;
  readonly browserVersion: string;
  /** Opens a page with an engine in it. Rejects when the engine does not start. */
  open(request: TrialRequest): Promise<PageContestant>;
  /** The WebGPU adapter of this browser in words; null without one. */
  adapter(): Promise<string | null>;
  close(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const { server, url } = await servePages();
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: CHROMIUM_FLAGS,
  });
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`page: ${error.message}`));
    await page.goto(`${url}page/index.html`);
    await page.waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 120_000 });
    return page;
  };
  return {
    browser,
    browserVersion: browser.version(),
    async open(request) {
      const page = await newPage();
      try {
        const checked = await page.evaluate(
          (asked) => (globalThis as unknown as { bench: BenchPage }).bench.open(asked),
          request,
        );
        return {
          engine: request.engine,
          checked,
          time: (times) =>
            page.evaluate(
              (count) => (globalThis as unknown as { bench: BenchPage }).bench.time(count),
              times,
            ),
          close: () => page.close(),
        };
      } catch (error) {
        await page.close();
        throw error;
      }
    },
    async adapter() {
      const page = await newPage();
      try {
        return await page.evaluate(() =>
          (globalThis as unknown as { bench: BenchPage }).bench.adapter(),
        );
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
