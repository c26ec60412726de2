import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { inScene, useDemo } from './browser.ts';
import { inRound } from './fight.ts';
import { chooseTab, pressButton } from './keyboard.ts';
import { knownIn, playAndTrain } from './play-and-train.ts';
import type { Known } from './play-and-train.ts';
import { serveFiles } from './serve-files.ts';
import { STRICT_CSP } from './strict-csp.ts';
import { REPORTED, watchTraffic } from './watch-traffic.ts';
import type { Traffic } from './watch-traffic.ts';

const openDemo = useDemo();
const folder = inject('demoFolder');

/** The policy, which allows the one style sheet that is written into the demo's page. */
async function policyOfDemo(): Promise<string> {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const sheet = /<style>([^]*?)<\/style>/.exec(html)![1];
  const hash = createHash('sha256').update(sheet).digest('base64');
  return `${STRICT_CSP}; style-src 'self' 'sha256-${hash}'${REPORTED}`;
}

/** Plays, learns, predicts, trains, looks at all of the panel and exports; returns what is known then. */
async function firstVisit(page: Page): Promise<Known> {
  await playAndTrain(page);
  await chooseTab(page, 'learning');
  await chooseTab(page, 'data');
  for (const command of ['exportEpisodes', 'exportModel']) {
    const downloading = page.waitForEvent('download');
    await pressButton(page, command);
    expect(await (await downloading).failure()).toBeNull();
  }
  await page.keyboard.press('Escape');
  return knownIn(page);
}

/** Comes back, then visits the other games. */
async function nextVisit(page: Page, address: string): Promise<Known> {
  await page.goto(`${address}?scene=fight&sharpness=0.5`);
  await inRound(page);
  const known = await knownIn(page);
  for (const scene of ['drive', 'robot']) {
    await page.goto(`${address}?scene=${scene}&sharpness=0.5`);
    await inScene(page, scene);
  }
  return known;
}

it.skipIf(!folder)(
  'sends nothing to another origin in a whole visit, and all of it works under a strict policy',
  async () => {
    const headers = { 'content-security-policy': await policyOfDemo() };
    const server = await serveFiles(folder, {}, { headers });
    const address = `${server.url}/index.html`;
    let traffic!: Traffic;
    try {
      const { page, problems } = await openDemo('?seed=1', {
        url: address,
        onPage: async (opened) => void (traffic = await watchTraffic(opened, server.url)),
      });
      const first = await firstVisit(page);
      expect(first.steps).toBeGreaterThanOrEqual(16);
      expect(first.updates).toBeGreaterThan(0);
      expect(first.scored).toBeGreaterThan(0);
      const next = await nextVisit(page, address);
      expect(next.steps).toBeGreaterThanOrEqual(first.steps);
      expect(next.isRestored).toBe(true);
      expect(traffic.requests.length).toBeGreaterThan(20);
      expect(traffic.left).toEqual([]);
      expect(traffic.violations).toEqual([]);
      expect(problems).toEqual([]);
      console.info(`${traffic.requests.length} requests in a visit, all within its origin`);
    } finally {
      await server.close();
    }
  },
);
