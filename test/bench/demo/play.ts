import type { Page } from 'playwright-core';

/** A habit with some of everything in it: block and strike, walk and throw, a fireball, a jump. */
const HABIT: readonly (readonly [key: string, holdMs: number, restMs: number])[] = [
  ['l', 300, 0],
  ['j', 50, 400],
  ['d', 180, 0],
  ['k', 50, 500],
  ['i', 50, 500],
  ['w', 60, 600],
  ['a', 150, 100],
];

/** Plays the duel with real keys for a given time, and starts another one whenever one is over. */
export async function play(page: Page, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  for (let move = 0; Date.now() < end; move++) {
    const [key, holdMs, restMs] = HABIT[move % HABIT.length];
    await page.keyboard.press(key, { delay: holdMs });
    await page.waitForTimeout(restMs);
    if (move % HABIT.length === 0) await page.keyboard.press('Enter', { delay: 30 });
  }
}
