import { expect, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';

const openDemo = useDemo();

it('opens the built demo without a single error', async () => {
  const { page, problems } = await openDemo();
  await inScene(page, 'title');
  await page.waitForLoadState('networkidle');
  expect(problems).toEqual([]);
});
