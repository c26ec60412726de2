import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { actionsOf, inRound } from './fight.ts';
import { holdKey, step, stepUntil } from './game-clock.ts';

const openDemo = useDemo();

/** Goes to the fight; returns how many steps the rival reports to remember. */
async function remembered(page: Page): Promise<number> {
  await inScene(page, 'fight');
  // It reports during the intro only: the game is held until the recordings were read.
  await page.evaluate(async () => {
    const { duelGame } = globalThis as unknown as Shown;
    await (duelGame.scene.getScene('fight') as FightScene).hero.recalled;
  });
  const text = await stepUntil(page, () =>
    page.evaluate(() => {
      const { duelGame } = globalThis as unknown as Shown;
      const texts = duelGame.scene.getScene('fight').children.list as Phaser.GameObjects.Text[];
      return texts.map((one) => /^It remembers (\d+)/.exec(one.text ?? '')?.[1]).find(Boolean);
    }),
  );
  return Number(text);
}

it('remembers the player in a rematch and after a reload', async () => {
  const { page, problems } = await openDemo('?scene=fight&rounds=1&seconds=6&seed=1');
  await inRound(page);
  let played = 0;
  for (let press = 0; press < 60 && !(await page.evaluate(isOver)); press++) {
    await holdKey(page, press % 2 ? 'l' : 'j', 5);
    await step(page, 9);
    played = Math.max(played, (await actionsOf(page)).length);
  }
  expect(played).toBeGreaterThan(3);
  await inScene(page, 'results');
  await holdKey(page, 'Enter', 4);
  expect(await remembered(page)).toBeGreaterThanOrEqual(played);
  await page.reload();
  expect(await remembered(page)).toBeGreaterThanOrEqual(played);
  expect(problems).toEqual([]);
});

function isOver(): boolean {
  const { duelGame } = globalThis as unknown as Shown;
  return duelGame.scene.isActive('results');
}
