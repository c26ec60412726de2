import type { Page } from 'playwright-core';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { inScene, learned } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { holdKey } from './game-clock.ts';
import { pressButton } from './keyboard.ts';

/** What the fight has recorded, learned and predicted. */
export interface Known {
  readonly steps: number;
  /** Updates of the network in play, in this visit. */
  readonly updates: number;
  /** Predictions that were compared with what came. */
  readonly scored: number;
  /** The model continues from an earlier visit. */
  readonly isRestored: boolean;
}

export const knownIn = (page: Page): Promise<Known> =>
  page.evaluate(async () => {
    const { duelGame } = globalThis as unknown as Shown;
    const { hero, foresight } = duelGame.scene.getScene('fight') as FightScene;
    const { recordings, models } = foresight.shared;
    const model = models.get('duelist');
    return {
      steps: (await recordings.count(model.spec)).steps,
      updates: model.learner?.updates ?? 0,
      scored: hero.accuracy?.scored ?? 0,
      isRestored: (await model.restored) !== null,
    };
  });

/** From the title: fights with real keys while the rival learns, then opens the panel and trains. */
export async function playAndTrain(page: Page): Promise<void> {
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  for (let second = 0; second < 8; second++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
  }
  await holdKey(page, 't');
  await page.locator('.foresight-panel').waitFor();
  await pressButton(page, 'train');
  await page.getByRole('status').filter({ hasText: 'log-loss' }).waitFor();
}
