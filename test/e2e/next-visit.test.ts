import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { actionsOf } from './fight.ts';

const openDemo = useDemo();

/** Steps that the rival says it remembers; waits for it to say so. */
async function remembered(page: Page): Promise<number> {
  const said = await page.waitForFunction(
    () => {
      const { duelGame } = globalThis as unknown as Partial<Shown>;
      const texts = (duelGame?.scene.getScene('fight')?.children.list ??
        []) as Phaser.GameObjects.Text[];
      return texts.map(({ text }) => /^It remembers (\d+)/.exec(text ?? '')?.[1]).find(Boolean);
    },
    undefined,
    { timeout: 40_000, polling: 50 },
  );
  return Number(await said.jsonValue());
}

it('remembers the player in a rematch and after a reload', async () => {
  const { page, problems } = await openDemo('?scene=fight&rounds=1&seconds=6&seed=1');
  await inScene(page, 'fight');
  let played = 0;
  for (let turn = 0; turn < 60 && !(await page.evaluate(isOver)); turn++) {
    await page.keyboard.press(turn % 2 ? 'l' : 'j', { delay: 80 });
    await page.waitForTimeout(150);
    played = Math.max(played, (await actionsOf(page)).length);
  }
  expect(played).toBeGreaterThan(3);
  await inScene(page, 'results');
  await page.keyboard.press('Enter', { delay: 60 });
  expect(await remembered(page)).toBeGreaterThanOrEqual(played);
  await page.reload();
  await inScene(page, 'fight');
  expect(await remembered(page)).toBeGreaterThanOrEqual(played);
  expect(problems).toEqual([]);
});

function isOver(): boolean {
  const { duelGame } = globalThis as unknown as Shown;
  return duelGame.scene.isActive('results');
}
