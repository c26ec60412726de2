import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ForesightPlugin, TrackedCharacter } from '../../plugin/index.ts';
import { useDemo } from './browser.ts';

const PLAY_MS = 60_000;

interface BlockNote {
  /** Probability it gave to a strike. */
  readonly strike: number;
  /** What came: his strike, or what the NPC did to him before he could. */
  next: string;
}

/** What the page notes while the game is played. */
interface Notes {
  /** Each prediction made when the player began to block. */
  readonly blocks: BlockNote[];
  /** Milliseconds between pictures. */
  readonly gaps: number[];
  bursts: number;
  swaps: number;
  engine: string;
}

const openDemo = useDemo();

/** Starts taking notes in the page, through what the game makes public. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const scene = game.scene.getScene('fight') as unknown as {
      hero: TrackedCharacter;
      foresight: ForesightPlugin;
    };
    const notes = {
      blocks: [] as BlockNote[],
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
        const played = scene.hero.currentEpisode()?.actions ?? [];
        const newest = notes.blocks[notes.blocks.length - 1];
        if (newest?.next === '') newest.next = actions[played[played.length - 1]];
        if (actions[played[played.length - 1]] === 'block')
          notes.blocks.push({
            strike: prediction.probabilities[actions.indexOf('strike')],
            next: '',
          });
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
  const { page, problems } = await openDemo();
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
  // Before anything was learned: after three or four blocks it may be sure already.
  const early = notes.blocks[0].strike;
  // The NPC learns too, and breaks his guard or knocks him down where it can. There a strike cannot
  // come, and the network learns to say so: the habit shows where he is free to follow it.
  const free = notes.blocks.filter(({ next }) => next === 'strike').slice(-15);
  const late = median(free.map(({ strike }) => strike));
  const fps = 1000 / median(notes.gaps);
  console.warn(
    `habit: P(strike | block) ${early.toFixed(2)} -> ${late.toFixed(2)} ` +
      `over ${notes.blocks.length} blocks, ${notes.blocks.filter(({ next }) => next === 'strike').length} of them followed by a strike; ${notes.bursts} bursts on ${notes.engine}, ${notes.swaps} taken over; ${fps.toFixed(1)} FPS`,
  );
  expect(problems).toEqual([]);
  expect(free.length).toBe(15);
  expect(notes.bursts).toBeGreaterThan(0);
  expect(notes.swaps).toBeGreaterThan(0);
  expect(early).toBeLessThan(0.4);
  expect(late).toBeGreaterThan(0.6);
  expect(fps).toBeGreaterThanOrEqual(55);
});
