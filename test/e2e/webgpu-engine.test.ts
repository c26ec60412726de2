import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import type { EngineReport } from '../../src/worker/protocol.ts';
import { inScene, learned, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { framesIn, holdKey, step } from './game-clock.ts';

/** Seconds of play at most until a burst is taken over; on a software adapter each burst needs some seconds. */
const MOST_ROUNDS = 40;

interface Burst {
  readonly engine: EngineReport;
  readonly swapped: boolean;
}

/** Notes what every burst reports, in the page. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as Shown;
    const { foresight } = game.scene.getScene('fight') as FightScene;
    const bursts: Burst[] = [];
    Object.assign(globalThis, { bursts });
    foresight.shared.events.on('trained', ({ engine, swapped }) =>
      bursts.push({ engine, swapped: Boolean(swapped) }),
    );
  });
}

const burstsOf = (page: Page): Promise<Burst[]> =>
  page.evaluate(() => (globalThis as unknown as { bursts: Burst[] }).bursts);

const openDemo = useDemo();

it('learns on webgpu in the worker while the duel is played, and the panel names the engine', async () => {
  const { page, problems } = await openDemo('?seed=1&engine=webgpu');
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  await takeNotes(page);
  let bursts: Burst[] = [];
  for (let round = 0; round < MOST_ROUNDS && !bursts.some(({ swapped }) => swapped); round++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
    bursts = await burstsOf(page);
  }
  expect(problems).toEqual([]);
  for (const { engine } of bursts)
    expect(engine).toMatchObject({ engine: 'webgpu', software: true });
  expect(bursts.map(({ swapped }) => swapped)).toContain(true);
  await holdKey(page, 't');
  await step(page, framesIn(1.5));
  const section = page.locator('.foresight-panel [data-part=engine]');
  expect(await section.textContent()).toContain('webgpu: WebGPU was asked for');
});
