import type { Browser, Page } from 'playwright-core';
import { quantile, significant } from '../statistics.ts';
import { play } from './play.ts';
import { serveDemo } from './serve-demo.ts';
import { watchFrames } from './watch-frames.ts';
import type { FrameNotes, FrameWatch, TrainingMode } from './watch-frames.ts';

export const MODES: readonly TrainingMode[] = ['off', 'learn', 'panel', 'nonstop'];

/** The most that p99 with training on may exceed p99 with training off, in ms. */
export const P99_BAR = 2;

/** Pause between two modes, until the worker has started or stopped. */
const SETTLE_MS = 2000;
/** Played before the first segment, so that there is something to train on. */
const FIRST_MS = 12_000;

export interface DemoFrameRow {
  readonly training: TrainingMode;
  readonly frames: number;
  /** Milliseconds between frames, over all segments. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Frames that came more than 20 ms after the one before, in percent. */
  readonly latePercent: number;
  /** p99 of each segment. */
  readonly segments: readonly number[];
  /**
   * Tasks of the main thread over 50 ms, and the longest of them in ms. A late frame without such a task
   * is due to another process that kept the core busy.
   */
  readonly longTasks: number;
  readonly longestTask: number;
  /** Trainings that ended within the segments. */
  readonly trained: number;
}

export interface DemoFrameReport {
  /** The engine that trained, as the plugin reports it. */
  readonly engine: string;
  readonly secondsPerMode: number;
  readonly rows: readonly DemoFrameRow[];
  /** p99 with training on, minus p99 with training off, in ms. */
  readonly p99Difference: Readonly<Record<'learn' | 'nonstop', number>>;
  readonly bar: number;
}

export interface DemoFrameOptions {
  /** Engine that trains: auto, wasm, webgpu or cpu. */
  readonly engine: string;
  /** Seconds recorded in each mode. */
  readonly seconds: number;
  /** Segments of each mode; the modes alternate. */
  readonly segments: number;
}

/** Plays the built demo with real keys, with training alternately off and on, and records its frame times. */
export async function benchDemoFrames(
  browser: Browser,
  options: DemoFrameOptions,
): Promise<DemoFrameReport> {
  console.error('frame: building the demo');
  const demo = await serveDemo();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(demo.url);
    await page.waitForFunction(() => 'duelGame' in globalThis);
    await page.waitForTimeout(1500);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1500);
    await watchFrames(page, options.engine);
    await play(page, FIRST_MS);
    return await playSegments(page, options);
  } finally {
    await page.close();
    await demo.close();
  }
}

async function playSegments(
  page: Page,
  { seconds, segments }: DemoFrameOptions,
): Promise<DemoFrameReport> {
  const notes: Record<TrainingMode, FrameNotes[]> = { off: [], learn: [], panel: [], nonstop: [] };
  for (let segment = 0; segment < segments; segment++)
    for (const mode of MODES) {
      console.error(`frame: segment ${segment + 1} of ${segments}, training ${mode}`);
      await page.evaluate(
        (next) => (globalThis as unknown as Watched).frameWatch.setMode(next),
        mode,
      );
      await showPanel(page, mode === 'panel');
      await play(page, SETTLE_MS);
      await page.evaluate(() => (globalThis as unknown as Watched).frameWatch.begin());
      await play(page, (1000 * seconds) / segments);
      notes[mode].push(
        await page.evaluate(() => (globalThis as unknown as Watched).frameWatch.end()),
      );
    }
  const rows = MODES.map((mode) => rowOf(mode, notes[mode]));
  const p99 = (mode: TrainingMode) => rows.find(({ training }) => training === mode)?.p99 ?? NaN;
  const engines = [...notes.learn, ...notes.nonstop].map(({ engine }) => engine);
  return {
    engine: engines.filter(Boolean).pop() ?? 'none: nothing was trained',
    secondsPerMode: seconds,
    rows,
    p99Difference: {
      learn: significant(p99('learn') - p99('off'), 3),
      nonstop: significant(p99('nonstop') - p99('off'), 3),
    },
    bar: P99_BAR,
  };
}

/** Opens or closes training mode, which a new duel closes by itself. */
async function showPanel(page: Page, shown: boolean): Promise<void> {
  const isShown = (await page.locator('.foresight-panel').count()) > 0;
  if (isShown !== shown) await page.keyboard.press('t', { delay: 30 });
}

interface Watched {
  readonly frameWatch: FrameWatch;
}

function rowOf(training: TrainingMode, segments: readonly FrameNotes[]): DemoFrameRow {
  const gaps = segments.flatMap((segment) => [...segment.gaps]);
  const tasks = segments.flatMap(({ longTasks }) => [...longTasks]);
  const at = (values: readonly number[], share: number) => significant(quantile(values, share));
  return {
    training,
    frames: gaps.length,
    p50: at(gaps, 0.5),
    p99: at(gaps, 0.99),
    longest: at(gaps, 1),
    latePercent: significant((100 * gaps.filter((gap) => gap > 20).length) / gaps.length, 3),
    segments: segments.map((segment) => at(segment.gaps, 0.99)),
    longTasks: tasks.length,
    longestTask: significant(Math.max(0, ...tasks)),
    trained: segments.reduce((sum, { trained }) => sum + trained, 0),
  };
}
