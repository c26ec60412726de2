import type { Page } from 'playwright-core';

/** Presses of the Tab key after which it is given up: more than the panel has stops, twice over. */
const PATIENCE = 60;

/** Command of the element that has the focus; empty when it has none. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement ? (activeElement.dataset.command ?? '') : '';
  });
}

/** Goes to one of the panel's controls with the Tab key alone. */
export async function tabTo(page: Page, command: string): Promise<void> {
  for (let presses = 0; presses < PATIENCE; presses++) {
    if ((await focused(page)) === command) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never reached "${command}".`);
}

/** Goes to a control with the Tab key and works it. */
export async function pressButton(
  page: Page,
  command: string,
  key: 'Enter' | 'Space' = 'Enter',
): Promise<void> {
  await tabTo(page, command);
  await page.keyboard.press(key);
}

/** Chooses a tab of the panel with the arrow keys. */
export async function chooseTab(page: Page, wanted: 'now' | 'learning' | 'data'): Promise<void> {
  const selected = await page
    .locator('.foresight-panel [role=tab][aria-selected=true]')
    .getAttribute('data-command');
  await tabTo(page, selected!);
  for (let presses = 0; presses < 3; presses++) {
    if ((await focused(page)) === `tab-${wanted}`) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`The arrow keys never reached the tab "${wanted}".`);
}
