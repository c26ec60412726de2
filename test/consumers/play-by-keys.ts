import type { Page } from 'playwright-core';
import { holdKey } from '../e2e/game-clock.ts';

export interface PlayByKeysOptions {
  /** Keys that are pressed one after the other, again and again. */
  readonly habit: readonly string[];
  /** Whether the page shows all that was to happen. */
  readonly isDone: () => Promise<boolean>;
}

/** A game that has not learned by then does not learn. */
const MOST_KEYS = 1500;

/** Plays with a habit until the page shows what it has to. Rejects when it never does. */
export async function playByKeys(page: Page, { habit, isDone }: PlayByKeysOptions): Promise<void> {
  for (let i = 0; i < MOST_KEYS; i++) {
    await holdKey(page, habit[i % habit.length]);
    if (await isDone()) return;
  }
  throw new Error(`Not within ${MOST_KEYS} keys.`);
}
