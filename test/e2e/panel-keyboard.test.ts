import type * as Phaser from 'phaser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openDemo } from './browser.ts';
import { findFaults } from './find-faults.ts';
import { chooseTab, focused, pressButton, tabTo } from './keyboard.ts';

interface Game {
  readonly duelGame: Phaser.Game;
}

/** Nothing here touches a mouse. */
let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, problems } = await openDemo(browser));
  await page.waitForFunction(() => 'duelGame' in globalThis);
  await page.waitForTimeout(1500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2500);
  await page.keyboard.press('t');
});
afterAll(() => browser?.close());

const panel = () => page.locator('.foresight-panel');
const status = () => panel().locator('[role=status]').textContent();

/** Numbers in the panel's line about recordings. */
async function recorded(): Promise<{ episodes: number; steps: number }> {
  // They are counted once in a second.
  await page.waitForTimeout(1300);
  const text = await panel().locator('.recorded').textContent();
  const [episodes, steps] = text!.match(/\d+/g)!.map(Number);
  return { episodes, steps };
}

/** The model's share of right guesses as the panel shows it, in percent. */
async function accuracy(): Promise<number> {
  const text = await panel().locator('[data-part=accuracy] .legend li').first().textContent();
  return Number(/(\d+)%/.exec(text!)![1]);
}

/** Plays a habit with real keys: block, then strike. */
async function play(milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    await page.keyboard.press('l', { delay: 320 });
    await page.keyboard.press('j', { delay: 50 });
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter', { delay: 30 });
  }
}

it('records, trains, exports, clears, imports and goes on', async () => {
  await pressButton(page, 'record', 'Space');
  expect(await status()).toBe('What you play now is not recorded.');
  await page.keyboard.press('Escape');
  const before = await recorded();
  await play(1500);
  expect(await recorded()).toEqual(before);
  await pressButton(page, 'record', 'Space');
  // What is played before the training is predicted by what the model knew from the start.
  await pressButton(page, 'pause', 'Space');
  await page.keyboard.press('Escape');
  await play(9_000);
  const early = await accuracy();
  expect((await recorded()).steps).toBeGreaterThan(before.steps + 20);

  await pressButton(page, 'train');
  await panel().getByText('log-loss').waitFor();
  await pressButton(page, 'pause', 'Space');
  await page.keyboard.press('Escape');
  // The share is over the last 50 actions: long enough for all of them to come after the training.
  await play(28_000);
  const late = await accuracy();
  console.warn(`panel: right guesses ${early}% -> ${late}%`);
  expect(late).toBeGreaterThan(early);

  // The first Escape gives the keys back to the game, the second pauses it.
  expect(await focused(page)).toBe('');
  await page.keyboard.press('Escape');
  const all = await recorded();
  await chooseTab(page, 'data');
  const downloading = page.waitForEvent('download');
  await pressButton(page, 'exportEpisodes');
  const file = await (await downloading).path();

  await pressButton(page, 'clear');
  expect(await focused(page)).toBe('keep');
  await page.keyboard.press('Enter');
  expect(await recorded()).toEqual(all);
  await pressButton(page, 'clear');
  await pressButton(page, 'clearForSure');
  await panel().getByText('Everything was deleted.').waitFor();
  expect(await recorded()).toEqual({ episodes: 0, steps: 0 });

  const choosing = page.waitForEvent('filechooser');
  await pressButton(page, 'import');
  await (await choosing).setFiles(file);
  await panel().getByText(`${all.episodes} new episode`).waitFor();
  expect(await recorded()).toEqual(all);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await play(2000);
  expect((await recorded()).steps).toBeGreaterThan(all.steps);
  expect(problems).toEqual([]);
});

it('has no serious fault of accessibility in any tab, language or size', async () => {
  // A game that stands still leaves the processor to the check.
  await page.evaluate(() => (globalThis as unknown as Game).duelGame.loop.sleep());
  for (const [language, width, height] of [
    ['en', 1280, 720],
    ['en', 800, 600],
    ['zh-CN', 800, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    if ((await panel().getAttribute('lang')) !== language) await pressButton(page, 'language');
    expect(await panel().getAttribute('lang')).toBe(language);
    for (const tab of ['now', 'learning', 'data'] as const) {
      await chooseTab(page, tab);
      const box = (await panel().boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(await findFaults(page)).toEqual([]);
    }
  }
  await pressButton(page, 'clear');
  expect(await findFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('clear');
  await page.evaluate(() => (globalThis as unknown as Game).duelGame.loop.wake());
});

it('is made wider, folded and closed', async () => {
  await tabTo(page, 'width');
  const { width } = (await panel().boundingBox())!;
  await page.keyboard.press('ArrowLeft');
  expect((await panel().boundingBox())!.width).toBe(width + 20);
  await pressButton(page, 'collapse');
  expect((await panel().boundingBox())!.height).toBeLessThan(120);
  await pressButton(page, 'close');
  await panel().waitFor({ state: 'detached' });
  // The keys are the game's again.
  await page.keyboard.press('t');
  await panel().waitFor();
  expect(problems).toEqual([]);
});
