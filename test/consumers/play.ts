import type { Browser, Page } from 'playwright-core';
import { holdClock, stepUntil, WHILE_LOADING } from '../e2e/game-clock.ts';
import type { Report } from './game/report.ts';

/** What happened on the page of a consumer. */
export interface Played {
  readonly report: Report;
  /** What the worker that trained was started from; null when none runs. */
  readonly workerFrom: 'file' | 'blob' | null;
  /** Uncaught errors, console errors and failed requests, in order. */
  readonly problems: readonly string[];
}

/** The package tries this file first: where a bundler leaves it behind, a request for it fails. */
const isWorkerFile = (url: string): boolean =>
  new URL(url).pathname.endsWith('/foresight.worker.js');

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    if (!isWorkerFile(request.url())) problems.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !isWorkerFile(response.url()))
      problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return problems;
}

const reportOf = (page: Page): Promise<Report | undefined> =>
  page.evaluate(() => (globalThis as { report?: Report }).report);

function workerFrom(page: Page): Played['workerFrom'] {
  const worker = page.workers().at(-1);
  if (!worker) return null;
  return worker.url().startsWith('blob:') ? 'blob' : 'file';
}

/** Enough for a first training: the game plays them in a few seconds. */
const ACTIONS = 24;

/** A page that is played, and what went wrong on it so far. */
interface Watched {
  readonly page: Page;
  readonly problems: readonly string[];
}

/** The report of a game; rejects once something went wrong on its page. */
async function soundReport({ page, problems }: Watched): Promise<Report | undefined> {
  if (problems.length > 0) throw new Error('Something went wrong on the page.');
  return reportOf(page);
}

/** Steps the game of a page until it has learned and predicts; the game waits while the worker trains. */
async function playUntilLearned(watched: Watched): Promise<Report> {
  const { page } = watched;
  await stepUntil(
    page,
    async () => ((await soundReport(watched))?.actions ?? 0) >= ACTIONS,
    WHILE_LOADING,
  );
  await page.waitForFunction(
    () => {
      const { report } = globalThis as unknown as { report: Report };
      // The panel is a part that is loaded when it is first opened.
      const isPanelOpen = document.querySelector('.foresight-panel') !== null;
      return (isPanelOpen && report.bursts > 0) || report.errors.length > 0;
    },
    undefined,
    { polling: 10, timeout: 120_000 },
  );
  return stepUntil(page, async () => {
    const report = await soundReport(watched);
    return report?.prediction || report?.errors.length ? report : null;
  });
}

/** Plays the game of a page until it has learned and predicts, or reports why it cannot. */
export async function play(browser: Browser, url: string): Promise<Played> {
  const page = await browser.newPage({ viewport: { width: 320, height: 240 } });
  const problems = watchProblems(page);
  try {
    await page.addInitScript(holdClock);
    await page.goto(url);
    const report = await playUntilLearned({ page, problems });
    return { report, workerFrom: workerFrom(page), problems };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const seen = JSON.stringify(await reportOf(page).catch(() => undefined));
    throw new Error(`${why}\n${[seen, ...problems].join('\n')}`, { cause });
  } finally {
    await page.close();
  }
}
