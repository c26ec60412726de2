import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { parseReplayFile } from '../../demo/duel/replays/replay-file.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { actionsOf, inRound } from './fight.ts';
import { holdKey, step } from './game-clock.ts';

const openDemo = useDemo();

/** Presses keys one after the other. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await holdKey(page, key);
    await step(page, 9);
  }
}

it('goes from the title through options, a duel and its pause to results and the replay', async () => {
  const { page, problems } = await openDemo('?rounds=1&seconds=8&seed=1');
  await inScene(page, 'title');
  await press(page, 'ArrowUp', 'Enter');
  await inScene(page, 'options');
  // Strike is the fourth control.
  await press(page, 'ArrowUp', 'ArrowUp', 'Enter');
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'q');
  await press(page, 'Escape', 'Escape');
  await inScene(page, 'title');

  await press(page, 'Enter');
  await inRound(page);
  // The rival may be first: try again until a strike gets through.
  for (let strikes = 0; strikes < 12 && !(await actionsOf(page)).includes('strike'); strikes++)
    await press(page, 'q');
  expect(await actionsOf(page)).toContain('strike');
  await press(page, 'Escape');
  // Options and back, then resume: the pause menu is where it was.
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  await inScene(page, 'options');
  await press(page, 'Escape');
  await inScene(page, 'fight');
  await press(page, 'Escape');

  await inScene(page, 'results');
  const saved = page.waitForEvent('download');
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  const text = await readFile(await (await saved).path(), 'utf8');
  const file = parseReplayFile(text);
  expect(file.replay.options).toEqual({ roundsToWin: 1, roundTicks: 480 });

  await press(page, 'ArrowUp', 'Enter');
  await inScene(page, 'replay');
  const tick = (): Promise<number> =>
    page.evaluate(() => {
      const { duelGame } = globalThis as unknown as Shown;
      const scene = duelGame.scene.getScene('replay') as unknown as {
        player: { state: { tick: number } };
      };
      return scene.player.state.tick;
    });
  await press(page, 'Enter');
  const paused = await tick();
  expect(paused).toBeGreaterThan(0);
  await press(page, 'Period');
  expect(await tick()).toBe(paused + 1);
  await press(page, 'Escape');
  await inScene(page, 'results');
  await press(page, 'Escape');
  await inScene(page, 'title');
  expect(problems).toEqual([]);
});

it('begins with the scene that the address names', async () => {
  const { page, problems } = await openDemo('?scene=fight');
  await inScene(page, 'fight');
  expect(problems).toEqual([]);
});
