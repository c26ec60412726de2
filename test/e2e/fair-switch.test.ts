import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';
import { inRound } from './fight.ts';
import { holdKey, step } from './game-clock.ts';
import { shownThings } from './shown-things.ts';

const openDemo = useDemo();

/** What a scene shows, a line each. */
const textsOf = async (page: Page, key: string): Promise<string> =>
  (await shownThings(page, key)).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await holdKey(page, key);
    await step(page, 9);
  }
}

/** From the title to the options, with the focus on the switch. */
async function openSwitch(page: Page): Promise<void> {
  await inScene(page, 'title');
  await press(page, 'ArrowUp', 'Enter');
  await inScene(page, 'options');
  await press(page, 'ArrowDown');
}

/** From the title to a fight in training mode. */
async function openTraining(page: Page): Promise<void> {
  await inScene(page, 'title');
  await press(page, 'Enter');
  await inRound(page);
  await press(page, 't');
  await page.getByText('Train now').waitFor();
  await step(page, 2);
}

it('holds the win rate at normal, unless it is switched off, and remembers the switch', async () => {
  const { page, problems } = await openDemo('?seed=1', { locale: 'en-US' });
  await openSwitch(page);
  expect(await textsOf(page, 'options')).toMatch(/Fair\n< on >/);
  expect(await textsOf(page, 'options')).toContain('delay 150-450 ms');
  await press(page, 'Escape');
  await openTraining(page);
  expect(await textsOf(page, 'fight')).toContain(
    'Fair: trust 40 % (0 % earned), delay 305 ms, errors 60 %',
  );
  await page.locator('[data-command=language]').click();
  await step(page, 2);
  expect(await textsOf(page, 'fight')).toContain('公平：信任 40 %');

  await page.reload();
  await openSwitch(page);
  // The language is that of the panel.
  expect(await textsOf(page, 'options')).toMatch(/公平\n< 开 >/);
  await press(page, 'Enter');
  expect(await textsOf(page, 'options')).toMatch(/公平\n< 关 >/);

  await page.reload();
  await openSwitch(page);
  expect(await textsOf(page, 'options')).toMatch(/公平\n< 关 >/);
  await press(page, 'Escape');
  await inScene(page, 'title');
  await press(page, 'Enter');
  await inRound(page);
  await press(page, 't');
  await step(page, 2);
  expect(await textsOf(page, 'fight')).not.toMatch(/公平|Fair/);
  expect(await textsOf(page, 'fight')).toContain('固定：信任 70 %');
  expect(problems).toEqual([]);
});
