import type { Page } from 'playwright-core';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import type { Shown } from './browser.ts';

/** What the player did in the round that goes on. */
export const actionsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { hero } = duelGame.scene.getScene('fight') as FightScene;
    return Array.from(hero.currentEpisode()?.actions ?? [], (index) => hero.actions[index]);
  });

/** Tick of the fight. */
export const tickOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    return (duelGame.scene.getScene('fight') as FightScene).hero.tick;
  });
