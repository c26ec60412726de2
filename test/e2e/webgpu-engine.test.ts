import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import type { EngineReport } from '../../src/worker/protocol.ts';
import { inScene, learned, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { framesIn, holdKey, step } from './game-clock.ts';

/** Seconds of play at most until the network was updated; a software adapter takes some seconds to begin. */
const MOST_ROUNDS = 40;

/** Notes the engine of every update, in the page. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as Shown;
    const { foresight } = game.scene.getScene('fight') as FightScene;
    const engines: EngineReport[] = [];
    Object.assign(globalThis, { engines });
    foresight.shared.events.on('learned', ({ engine }) => engines.push(engine));
  });
}

const enginesOf = (page: Page): Promise<EngineReport[]> =>
  page.evaluate(() => (globalThis as unknown as { engines: EngineReport[] }).engines);

const openDemo = useDemo();

it('learns on webgpu in the worker while the duel is played, and the panel names the engine', async () => {
  const { page, problems } = await openDemo('?seed=1&engine=webgpu');
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  await takeNotes(page);
  let engines: EngineReport[] = [];
  for (let round = 0; round < MOST_ROUNDS && !engines.length; round++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
    engines = await enginesOf(page);
  }
  expect(problems).toEqual([]);
  expect(engines.length).toBeGreaterThan(0);
  for (const engine of engines) expect(engine).toMatchObject({ engine: 'webgpu', software: true });
  await holdKey(page, 't');
  await step(page, framesIn(1.5));
  const section = page.locator('.foresight-panel [data-part=engine]');
  expect(await section.textContent()).toContain('webgpu: WebGPU was asked for');
});
