import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RobotScene } from '../../demo/robot/scenes/robot-scene.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { framesIn, holdKey, step, stepUntil, WHILE_LOADING } from './game-clock.ts';

const openDemo = useDemo();

/** What the scene makes public. */
const look = (page: Page) =>
  page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as Shown;
    const { run, hero, driver, foresight } = game.scene.getScene('robot') as RobotScene;
    return {
      driver,
      room: run.room.seed,
      seconds: run.seconds,
      hits: run.hits,
      metres: run.odometer.metres,
      predicts: hero.prediction?.values.turn !== undefined,
      recorded: hero.stores ? (hero.currentEpisode()?.length ?? 0) : 0,
      updates: foresight.shared.models.get('robot').learner?.updates ?? 0,
      actions: [...(hero.currentEpisode()?.actions ?? [])],
    };
  });

/** Steps the game until the room's clock reads `seconds`. */
const play = (page: Page, seconds: number): Promise<boolean> =>
  stepUntil(page, async () => (await look(page)).seconds >= seconds, { stride: 6 });

it('drives by the model, takes other rooms and records who drives by hand', async () => {
  const { page, problems } = await openDemo('?scene=robot');
  await inScene(page, 'robot');
  await play(page, 4);
  const driven = await look(page);
  // It does not learn from its own driving.
  expect(driven).toMatchObject({
    driver: 'model',
    hits: 0,
    predicts: true,
    recorded: 0,
    updates: 0,
  });
  expect(driven.metres).toBeGreaterThan(0.5);

  await holdKey(page, 'n');
  const next = await look(page);
  expect(next.room).not.toBe(driven.room);
  expect(next.seconds).toBeLessThan(driven.seconds);

  await holdKey(page, 'Space');
  await play(page, next.seconds + 1);
  const taught = await look(page);
  expect(taught).toMatchObject({ driver: 'teacher', hits: 0 });
  expect(taught.recorded).toBeGreaterThan(3);

  // Several keys within one frame, as on a slow machine: one switch, not two.
  await page.evaluate(() => {
    for (const [code, keyCode] of [
      ['Space', 32],
      ['ArrowUp', 38],
    ] as const)
      for (const type of ['keydown', 'keyup'])
        window.dispatchEvent(new KeyboardEvent(type, { code, keyCode, bubbles: true }));
  });
  await step(page);
  expect((await look(page)).driver).toBe('you');
  await page.keyboard.down('ArrowUp');
  await page.keyboard.down('ArrowLeft');
  await play(page, taught.seconds + 1);
  const { driver, recorded, actions } = await look(page);
  expect(driver).toBe('you');
  expect(recorded).toBeGreaterThan(3);
  // The last of the five actions, from right to left, is to turn sharply to the left.
  expect(actions.at(-1)).toBe(4);

  // It learns from the player's, while the game runs.
  await stepUntil(page, async () => (await look(page)).updates > 0, WHILE_LOADING);
  await page.keyboard.up('ArrowUp');
  await page.keyboard.up('ArrowLeft');
  await holdKey(page, 't');
  await page.waitForSelector('.foresight-panel');
  await holdKey(page, 'Escape');
  const paused = await look(page);
  await step(page, framesIn(0.5));
  expect((await look(page)).seconds).toBe(paused.seconds);
  await holdKey(page, 'q');
  await inScene(page, 'title');
  expect(problems).toEqual([]);
});
