import { expect, it } from 'vitest';
import { useDemo } from './browser.ts';

const openDemo = useDemo();

it('opens the built demo without a single error', async () => {
  const { page, problems } = await openDemo();
  await page.waitForSelector('canvas');
  await page.waitForLoadState('networkidle');
  expect(problems).toEqual([]);
});
