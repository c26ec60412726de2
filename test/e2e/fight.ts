import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { inScene } from './browser.ts';
import type { Shown } from './browser.ts';
import { framesIn, holdKey, step, stepUntil } from './game-clock.ts';

/** What the player has done in the round so far; null between rounds. */
export const playedOf = (page: Page): Promise<string[] | null> =>
  page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { hero } = duelGame.scene.getScene('fight') as FightScene;
    const episode = hero.currentEpisode();
    return episode && Array.from(episode.actions, (index) => hero.actions[index]);
  });

/** What the player has done in the round so far. */
export const actionsOf = async (page: Page): Promise<string[]> => (await playedOf(page)) ?? [];

/** Tick of the fight. */
export const tickOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    return (duelGame.scene.getScene('fight') as FightScene).hero.tick;
  });

/** Steps the game until a round of the fight has begun. */
export async function inRound(page: Page): Promise<void> {
  await inScene(page, 'fight');
  await stepUntil(page, async () => (await playedOf(page)) !== null);
}

/** Expects that the fight is paused: half a second of frames does not move it. */
export async function expectPaused(page: Page): Promise<void> {
  // The pause begins within the next frame.
  await step(page, 2);
  const tick = await tickOf(page);
  await step(page, framesIn(0.5));
  expect(await tickOf(page)).toBe(tick);
}

/** A habit, played with real keys: block, then strike. A second of play; leaves a lost duel for the next. */
export async function blockThenStrike(page: Page): Promise<void> {
  await holdKey(page, 'l', 19);
  await holdKey(page, 'j', 3);
  await step(page, 34);
  await holdKey(page, 'Enter', 2);
}
