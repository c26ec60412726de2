import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from '../../../scripts/chromium.mjs';
import { createRng } from '../../../src/util/rng.ts';
import { buildPage } from '../build-page.ts';
import { serveFiles } from '../serve-files.ts';
import { Promises } from './promises.ts';
import type { Report } from './report.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** The latest moment of a kill, ms after the model has learned. */
  readonly mostMs?: number;
}

/** What all kills together have cost. */
export interface KillRow {
  readonly kills: number;
  readonly seed: number;
  readonly steps: number;
  readonly storedEpisodes: number;
  readonly trainings: number;
  /** Reports of learning in play. */
  readonly learnings: number;
  readonly lostSteps: number;
  /** The most that one kill has cost. */
  readonly mostLostMs: number;
  /** Recorded bytes at the last start. */
  readonly bytes: number;
  readonly broken: readonly string[];
}

/** The earliest and the latest moment of a kill, ms after the model has learned. */
const KILL_MS = { least: 100, most: 2500 };
const FLAGS = [
  ...CHROMIUM_FLAGS,
  '--headless=new',
  '--remote-debugging-port=0',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

/** Resolves with the address at which the browser can be driven. */
function driven(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    browser.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address) resolve(address);
    });
    browser.on('exit', () => reject(new Error(`The browser ended by itself: ${text}`)));
  });
}

/**
 * Starts a browser that plays, kills it at a random moment after the model has learned, starts it again with the same
 * profile, and so on. Only processes that it has started are killed, by their ids.
 */
export async function killRuns({
  kills,
  seed,
  mostMs = KILL_MS.most,
}: KillOptions): Promise<KillRow> {
  const folder = await mkdtemp(join(tmpdir(), 'foresight-kill-'));
  const outDir = join(folder, 'site');
  await buildPage(new URL('.', import.meta.url), outDir);
  const server = await serveFiles(outDir, {});
  const rng = createRng(seed);
  const promises = new Promises();
  const counts = { step: 0, stored: 0, trained: 0, learned: 0 };
  const broken: string[] = [];
  let [lostSteps, mostLostMs, bytes] = [0, 0, 0];
  try {
    for (let visit = 0; visit <= kills; visit++) {
      const browser = spawn(
        requireChromium(),
        [...FLAGS, `--user-data-dir=${join(folder, 'profile')}`, 'about:blank'],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      const ended = new Promise((resolve) => browser.on('exit', resolve));
      try {
        const client = await chromium.connectOverCDP(await driven(browser));
        const page = await client.contexts()[0].newPage();
        let isKilled = false;
        const learned = new Promise<void>((resolve, reject) => {
          const hear = (report: Report): void => {
            if (isKilled) return;
            if (report.kind in counts) counts[report.kind as keyof typeof counts]++;
            if (report.kind === 'found') {
              const verdict = promises.check(report.found);
              broken.push(...verdict.broken.map((what) => `visit ${visit}: ${what}`));
              lostSteps += verdict.lostSteps;
              mostLostMs = Math.max(mostLostMs, Math.round(verdict.lostMs));
              bytes = report.found.bytes;
            } else if (report.kind === 'problem') {
              broken.push(`visit ${visit}: ${report.message}`);
            }
            promises.hear(report);
            if (report.kind === 'learned') resolve();
          };
          page
            .exposeFunction('report', hear)
            .then(() => page.goto(`${server.url}/index.html#${seed * 1000 + visit}`), reject);
        });
        await learned;
        const { least } = KILL_MS;
        await new Promise((resolve) => setTimeout(resolve, least + rng.next() * (mostMs - least)));
        isKilled = true;
      } finally {
        browser.kill('SIGKILL');
        await ended;
      }
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
  return {
    kills,
    seed,
    steps: counts.step,
    storedEpisodes: counts.stored,
    trainings: counts.trained,
    learnings: counts.learned,
    lostSteps,
    mostLostMs,
    bytes,
    broken,
  };
}
