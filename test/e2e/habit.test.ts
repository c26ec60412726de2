import type * as Phaser from 'phaser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ForesightPlugin, TrackedCharacter } from '../../plugin/index.ts';
import { launchBrowser, openDemo } from './browser.ts';

const PLAY_MS = 60_000;

/** What the page notes while the game is played. */
interface Notes {
  /** Probability of a strike, at each prediction made when the player began to block. */
  readonly strikeAfterBlock: number[];
  /** Milliseconds between pictures. */
  readonly gaps: number[];
  bursts: number;
  swaps: number;
  engine: string;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Starts taking notes in the page, through what the game makes public. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const scene = game.scene.getScene('fight') as unknown as {
      hero: TrackedCharacter;
      foresight: ForesightPlugin;
    };
    const notes = {
      strikeAfterBlock: [] as number[],
      gaps: [] as number[],
      bursts: 0,
      swaps: 0,
      engine: '',
    };
    Object.assign(globalThis, { notes });
    scene.foresight.events.on('trained', (result) => {
      notes.bursts += 1;
      notes.swaps += Number(result.swapped);
      notes.engine = result.engine.engine;
    });
    let last = performance.now();
    let seen: unknown = null;
    const watch = (now: number): void => {
      notes.gaps.push(now - last);
      last = now;
      const { prediction, actions } = scene.hero;
      if (prediction && prediction !== seen) {
        const played = scene.hero.currentEpisode()?.actions;
        if (played?.length && actions[played[played.length - 1]] === 'block')
          notes.strikeAfterBlock.push(prediction.probabilities[actions.indexOf('strike')]);
      }
      seen = prediction;
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

it('learns from a minute of real keys that this player strikes after every block', async () => {
  const { page, problems } = await openDemo(browser);
  await page.waitForFunction(() => 'duelGame' in globalThis);
  await page.waitForTimeout(1500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  await takeNotes(page);
  const end = Date.now() + PLAY_MS;
  while (Date.now() < end) {
    await page.keyboard.down('l');
    await page.waitForTimeout(320);
    await page.keyboard.up('l');
    await page.keyboard.press('j', { delay: 50 });
    await page.waitForTimeout(620);
    // After a lost duel, play another.
    await page.keyboard.press('Enter', { delay: 30 });
  }
  const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
  const late = notes.strikeAfterBlock.slice(-10);
  const fps = 1000 / median(notes.gaps);
  console.warn(
    `habit: P(strike | block) ${median(notes.strikeAfterBlock.slice(0, 5)).toFixed(2)} -> ${median(late).toFixed(2)} ` +
      `over ${notes.strikeAfterBlock.length} blocks; ${notes.bursts} bursts on ${notes.engine}, ${notes.swaps} taken over; ${fps.toFixed(1)} FPS`,
  );
  expect(problems).toEqual([]);
  expect(notes.strikeAfterBlock.length).toBeGreaterThan(15);
  expect(notes.bursts).toBeGreaterThan(0);
  expect(notes.swaps).toBeGreaterThan(0);
  expect(median(late)).toBeGreaterThan(0.6);
  expect(fps).toBeGreaterThanOrEqual(55);
});
