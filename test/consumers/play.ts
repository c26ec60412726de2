import type { Page } from 'playwright-core';
import { stepUntil, WHILE_LOADING } from '../e2e/game-clock.ts';
import type { Report } from './game/report.ts';
import type { ConsumerPage } from './use-pages.ts';

/** What happened on the page of a consumer. */
export interface Played {
  readonly report: Report;
  /** What the worker that trained was started from. */
  readonly workerFrom: 'file' | 'blob';
}

const reportOf = (page: Page): Promise<Report | undefined> =>
  page.evaluate(() => (globalThis as { report?: Report }).report);

function workerFrom(page: Page): Played['workerFrom'] {
  const worker = page.workers().at(-1);
  if (!worker) throw new Error('No worker runs on the page.');
  return worker.url().startsWith('blob:') ? 'blob' : 'file';
}

/** Enough for a first training: the game plays them in a few seconds. */
const ACTIONS = 24;

/** The report of a game; rejects once something went wrong. */
async function soundReport({ page, problems }: ConsumerPage): Promise<Report | undefined> {
  const report = await reportOf(page);
  const wrong = [...problems, ...(report?.errors ?? [])];
  if (wrong.length > 0) throw new Error(`Something went wrong:\n${wrong.join('\n')}`);
  return report;
}

/** Plays a game until it has learned and predicts. Rejects when something goes wrong. */
export async function play(opened: ConsumerPage): Promise<Played> {
  const { page } = opened;
  const hasActed = async (): Promise<boolean> =>
    ((await soundReport(opened))?.actions ?? 0) >= ACTIONS;
  await stepUntil(page, hasActed, WHILE_LOADING);
  const hasLearned = async (): Promise<boolean> => {
    const report = await soundReport(opened);
    // The panel is a part that is loaded when it is first opened.
    const isPanelOpen = (await page.locator('.foresight-panel').count()) > 0;
    return isPanelOpen && (report?.updates ?? 0) > 0;
  };
  // The game continues: after its first training a model learns from what comes next.
  await stepUntil(page, hasLearned, WHILE_LOADING);
  const predicts = async (): Promise<Report | null> => {
    const report = await soundReport(opened);
    return report?.prediction ? report : null;
  };
  const report = await stepUntil(page, predicts);
  return { report, workerFrom: workerFrom(page) };
}
