import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { inScene, launchBrowser, learned, openDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { findFaults } from './find-faults.ts';
import { framesIn, holdKey, step } from './game-clock.ts';
import { chooseTab, focused, pressButton, tabTo } from './keyboard.ts';

/** Nothing here touches a mouse. */
let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, problems } = await openDemo(browser, '?seed=1'));
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  await holdKey(page, 't');
});
afterAll(() => browser?.close());

const panel = () => page.locator('.foresight-panel');
const status = () => panel().locator('[role=status]').textContent();

interface Recorded {
  readonly episodes: number;
  readonly steps: number;
}

/** What the page's recordings hold, the running round among them. */
const recorded = (): Promise<Recorded> =>
  page.evaluate(async () => {
    const { duelGame } = globalThis as unknown as Shown;
    const { foresight } = duelGame.scene.getScene('fight') as FightScene;
    const { recordings, models } = foresight.shared;
    const { episodes, steps } = await recordings.count(models.get('duelist').spec);
    return { episodes, steps };
  });

/** Waits until the panel's line about recordings reads so. */
async function expectShown({ episodes, steps }: Recorded): Promise<void> {
  // The panel refreshes itself a few times a second of play.
  await step(page, framesIn(1.5));
  const shown = async (): Promise<string[]> =>
    (await panel().locator('.recorded').textContent())!.match(/\d+/g)!;
  await expect.poll(shown, { timeout: 60_000 }).toEqual([`${episodes}`, `${steps}`]);
}

/** The model's share of right predictions among the newest 50 as the panel shows it, in percent. */
async function accuracy(): Promise<number> {
  const share = await page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { hero } = duelGame.scene.getScene('fight') as FightScene;
    return hero.accuracy!.recent.model;
  });
  const percent = Math.round(share * 100);
  const shown = panel().locator('[data-part=accuracy] .legend li').first();
  await expect.poll(() => shown.textContent(), { timeout: 60_000 }).toContain(`${percent}%`);
  return percent;
}

/** Plays a habit with real keys for so many seconds: block, then strike. */
async function play(seconds: number): Promise<void> {
  for (let round = 0; round < seconds; round++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
  }
}

it('records, trains, exports, clears, imports and continues', async () => {
  await pressButton(page, 'record', 'Space');
  expect(await status()).toBe('What you play now is not recorded.');
  await page.keyboard.press('Escape');
  const before = await recorded();
  await play(2);
  expect(await recorded()).toEqual(before);
  await expectShown(before);
  await pressButton(page, 'record', 'Space');
  // What is played before the training is predicted by what the model knew from the start.
  await pressButton(page, 'pause', 'Space');
  await page.keyboard.press('Escape');
  await play(9);
  const early = await accuracy();
  expect((await recorded()).steps).toBeGreaterThanOrEqual(before.steps + 20);

  await pressButton(page, 'train');
  await panel().getByRole('status').filter({ hasText: 'log-loss' }).waitFor();
  await learned(page, 'fight');
  await pressButton(page, 'pause', 'Space');
  await page.keyboard.press('Escape');
  // The share is over the newest 50 actions: long enough for all of them to come after the training.
  await play(28);
  const late = await accuracy();
  expect(late, 'share of right predictions before and after the training').toBeGreaterThan(early);

  // The first Escape gives the keys back to the game, the second pauses it.
  expect(await focused(page)).toBe('');
  await holdKey(page, 'Escape');
  const all = await recorded();
  await expectShown(all);
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
  await expectShown({ episodes: 0, steps: 0 });

  const choosing = page.waitForEvent('filechooser');
  await pressButton(page, 'import');
  await (await choosing).setFiles(file);
  await panel().getByText(`${all.episodes} new episode`).waitFor();
  expect(await recorded()).toEqual(all);
  await expectShown(all);

  await page.keyboard.press('Escape');
  await holdKey(page, 'Escape');
  await play(6);
  expect((await recorded()).steps).toBeGreaterThan(all.steps);
  expect(problems).toEqual([]);
});

it('has no serious fault of accessibility in any tab, language or size', async () => {
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
  await holdKey(page, 't');
  await panel().waitFor();
  expect(problems).toEqual([]);
});
