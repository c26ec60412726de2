import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RobotScene } from '../../demo/robot/scenes/robot-scene.ts';
import { useDemo } from './browser.ts';

const openDemo = useDemo();

/** What the scene says of itself. */
const look = (page: Page) =>
  page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const { run, hero, driver } = game.scene.getScene('robot') as RobotScene;
    return {
      driver,
      room: run.room.seed,
      seconds: run.seconds,
      hits: run.hits,
      metres: run.odometer.metres,
      predicts: hero.prediction?.values.turn !== undefined,
      recorded: hero.stores ? (hero.currentEpisode()?.length ?? 0) : 0,
      actions: [...(hero.currentEpisode()?.actions ?? [])],
    };
  });

/** Waits until so much time has passed in the room. */
const play = (page: Page, seconds: number) =>
  page.waitForFunction((until) => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    return (game.scene.getScene('robot') as RobotScene).run.seconds >= until;
  }, seconds);

it('drives by the model, takes other rooms and records who drives by hand', async () => {
  const { page, problems } = await openDemo('?scene=robot');
  await page.waitForFunction(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame?: Phaser.Game };
    return game?.scene.isActive('robot');
  });
  await play(page, 4);
  const driven = await look(page);
  expect(driven).toMatchObject({ driver: 'model', hits: 0, predicts: true, recorded: 0 });
  expect(driven.metres).toBeGreaterThan(0.5);

  await page.keyboard.press('n');
  await page.waitForTimeout(300);
  const next = await look(page);
  expect(next.room).not.toBe(driven.room);
  expect(next.seconds).toBeLessThan(driven.seconds);

  await page.keyboard.press('Space');
  await play(page, next.seconds + 1);
  const taught = await look(page);
  expect(taught).toMatchObject({ driver: 'teacher', hits: 0 });
  expect(taught.recorded).toBeGreaterThan(3);

  // Several keys within one picture, as they come on a slow machine: one switch, not two.
  await page.evaluate(() => {
    for (const [code, keyCode] of [
      ['Space', 32],
      ['ArrowUp', 38],
    ] as const)
      for (const type of ['keydown', 'keyup'])
        window.dispatchEvent(new KeyboardEvent(type, { code, keyCode, bubbles: true }));
  });
  expect((await look(page)).driver).toBe('you');
  await page.keyboard.down('ArrowUp');
  await page.keyboard.down('ArrowLeft');
  await play(page, taught.seconds + 1);
  const { driver, recorded, actions } = await look(page);
  expect(driver).toBe('you');
  expect(recorded).toBeGreaterThan(3);
  // The last of the five actions, from right to left, is to turn sharply to the left.
  expect(actions.at(-1)).toBe(4);

  await page.keyboard.press('t');
  await page.waitForSelector('.foresight-panel');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  const paused = await look(page);
  await page.waitForTimeout(300);
  expect((await look(page)).seconds).toBe(paused.seconds);
  await page.keyboard.press('q');
  await page.waitForFunction(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    return game.scene.isActive('title');
  });
  expect(problems).toEqual([]);
});
