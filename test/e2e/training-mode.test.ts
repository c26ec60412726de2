import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { expectPaused, inRound, tickOf } from './fight.ts';
import { framesIn, holdKey, step, stepUntil, WHILE_LOADING } from './game-clock.ts';

const openDemo = useDemo();

/** Predictions of the player that were scored, and whether the rival uses them. */
const readFight = (page: Page): Promise<{ scored: number; usePredictions: boolean }> =>
  page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { hero, foresight } = duelGame.scene.getScene('fight') as FightScene;
    return { scored: hero.accuracy?.scored ?? 0, usePredictions: foresight.shared.usePredictions };
  });

it('opens training mode at the second try when its code could not be fetched at the first', async () => {
  const { page, problems } = await openDemo('?seed=1');
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  const code = /training-panel/;
  await page.route(code, (route) => route.abort());
  await holdKey(page, 't');
  const failed = (): boolean => problems.join('\n').includes('training panel could not be loaded');
  await stepUntil(page, () => Promise.resolve(failed()), WHILE_LOADING);
  expect(await page.getByText('Train now').count()).toBe(0);
  await page.unroute(code);
  await holdKey(page, 't');
  await page.getByText('Train now').waitFor();
});

it('opens training mode with T, switches predictions with P, pauses with Esc', async () => {
  const { page, problems } = await openDemo('?seed=1');
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);

  await holdKey(page, 't');
  await page.getByText('Train now').waitFor();
  for (let strikes = 0; strikes < 6; strikes++) {
    await holdKey(page, 'j', 4);
    await step(page, framesIn(0.5));
  }
  expect((await readFight(page)).scored).toBeGreaterThan(0);
  expect(await page.getByText('n-gram').count()).toBeGreaterThan(0);

  expect((await readFight(page)).usePredictions).toBe(true);
  await holdKey(page, 'p');
  expect((await readFight(page)).usePredictions).toBe(false);

  await holdKey(page, 'Escape');
  await expectPaused(page);
  const paused = await tickOf(page);
  await holdKey(page, 'Escape');
  await step(page, framesIn(0.5));
  expect(await tickOf(page)).toBeGreaterThan(paused);

  await holdKey(page, 't');
  await page.getByText('Train now').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});
