import type * as Phaser from 'phaser';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import type { SceneForesight } from '../../plugin/index.ts';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/chromium.mjs';
import { holdClock, stepUntil, WHILE_LOADING } from './game-clock.ts';

/** A page of the built demo, and everything that went wrong on it so far. */
export interface DemoPage {
  readonly page: Page;
  /** Uncaught errors, console errors and failed requests, in order. Empty on a healthy page. */
  readonly problems: readonly string[];
}

/** Starts a headless Chromium, WebGPU on. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: CHROMIUM_FLAGS });
}

export interface OpenOptions extends BrowserContextOptions {
  /** Runs in the page before anything else. */
  readonly before?: () => void;
  /** Called with the page before it is opened. */
  readonly onPage?: (page: Page) => Promise<void>;
  /** Address of the demo; default: where the tests serve it. */
  readonly url?: string;
}

/** A coarse canvas: a test steps through thousands of frames, and the processor draws each of them. */
const COARSE = 'sharpness=0.5';

/**
 * Opens the demo in a fresh profile, its clock held: the game moves only when a test steps it.
 * `search` is added to the address, such as `?seed=1`.
 */
export async function openDemo(
  browser: Browser,
  search = '',
  { before, onPage, url = inject('demoUrl'), ...options }: OpenOptions = {},
): Promise<DemoPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  await page.addInitScript(holdClock);
  if (before) await page.addInitScript(before);
  await onPage?.(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  await page.goto(`${url}${search}${search ? '&' : '?'}${COARSE}`);
  return { page, problems };
}

/** A browser for the tests of a file, from the first to after the last; returns what opens the demo in it. */
export function useDemo(): (search?: string, options?: OpenOptions) => Promise<DemoPage> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return (search, options) => openDemo(browser, search, options);
}

/** What the demo makes public in its page. */
export interface Shown {
  readonly duelGame: Phaser.Game;
}

/** A scene of the demo in which something is predicted. */
type Tracking = Phaser.Scene & { readonly foresight: SceneForesight };

/** Steps the game until a scene of the demo has been created and runs. */
export async function inScene(page: Page, key: string): Promise<void> {
  const isActive = (): Promise<boolean> =>
    page.evaluate(
      (name) => (globalThis as unknown as Partial<Shown>).duelGame?.scene.isActive(name) === true,
      key,
    );
  await stepUntil(page, isActive, WHILE_LOADING);
}

/** Waits, the game held, until the worker of a scene that has started has learned from all that was played. */
export async function learned(page: Page, key: string): Promise<void> {
  await page.waitForFunction(
    (name) => {
      const { duelGame } = globalThis as unknown as Shown;
      const { foresight } = duelGame.scene.getScene(name) as Tracking;
      const { models, trainings } = foresight.shared;
      return (
        !trainings.length &&
        models.keys.every((model) => models.get(model).learner?.state !== 'learning')
      );
    },
    key,
    { polling: 10, timeout: 120_000 },
  );
}
