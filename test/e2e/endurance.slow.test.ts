import type { CDPSession } from 'playwright-core';
import { expect, it } from 'vitest';
import { learned, useDemo } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';

const openDemo = useDemo();

/** Bytes that JavaScript objects of the page take once the collector has run. */
async function heapOf(client: CDPSession): Promise<number> {
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize;
}

it('plays and learns for ten minutes without an error and with a steady heap', async () => {
  const { page, problems } = await openDemo('?scene=fight&seed=1');
  const client = await page.context().newCDPSession(page);
  await inRound(page);
  const heaps: number[] = [];
  for (let second = 1; second <= 600; second++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
    if (second % 150 === 0) heaps.push(await heapOf(client));
  }
  expect(problems).toEqual([]);
  const [early, ...later] = heaps;
  const megabytes = heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(', ');
  for (const bytes of later) expect(bytes, `heap in MB: ${megabytes}`).toBeLessThan(early * 1.25);
});
