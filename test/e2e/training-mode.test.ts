import type * as Phaser from 'phaser';
import { expect, it } from 'vitest';
import { useDemo } from './browser.ts';

const openDemo = useDemo();

it('opens training mode with T, switches predictions with P, pauses with Esc', async () => {
  const { page, problems } = await openDemo();
  await page.waitForFunction(() => 'duelGame' in globalThis);
  await page.waitForTimeout(1500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2500);
  const fight = <T>(read: string): Promise<T> =>
    page.evaluate(
      (code) =>
        new Function('fight', `return ${code}`)(
          (globalThis as unknown as { duelGame: Phaser.Game }).duelGame.scene.getScene('fight'),
        ) as T,
      read,
    );

  await page.keyboard.press('t');
  await page.getByText('Train now').waitFor();
  const scored = (): Promise<number> => fight<number>('fight.hero.accuracy.scored');
  // On a busy machine the round begins late.
  for (let round = 0; round < 6 || (round < 40 && !(await scored())); round++) {
    await page.keyboard.press('j', { delay: 60 });
    await page.waitForTimeout(500);
  }
  expect(await scored()).toBeGreaterThan(0);
  expect(await page.getByText('n-gram').count()).toBeGreaterThan(0);

  expect(await fight<boolean>('fight.foresight.usePredictions')).toBe(true);
  await page.keyboard.press('p');
  expect(await fight<boolean>('fight.foresight.usePredictions')).toBe(false);

  const tick = (): Promise<number> => fight<number>('fight.hero.tick');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(200);
  const paused = await tick();
  await page.waitForTimeout(500);
  expect(await tick()).toBe(paused);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  expect(await tick()).toBeGreaterThan(paused);

  await page.keyboard.press('t');
  await page.getByText('Train now').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});
