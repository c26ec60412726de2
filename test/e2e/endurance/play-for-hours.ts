import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { buildPage } from '../build-page.ts';
import { serveFiles } from '../serve-files.ts';
import { Inspector } from './inspect.ts';
import { PAGE_DEFAULTS } from './play.ts';
import type { PageOptions, Played, PlayCounts } from './play.ts';

export interface EnduranceOptions {
  /** Simulated hours of play. */
  readonly hours: number;
  /** Simulated seconds before those, in which everything is loaded, and as much recorded as is kept. */
  readonly warmUpSeconds?: number;
  /** How often it is looked at what the game takes, in even parts of the time. */
  readonly samples: number;
  /** See `PageOptions`. */
  readonly page?: Partial<PageOptions>;
  /** Called with each sample. */
  readonly onSample?: (sample: Sample) => void;
}

/** What the game takes after so many simulated hours: bytes, or numbers of things. */
export interface Sample {
  /** Since the warm-up. */
  readonly hours: number;
  readonly pageHeap: number;
  readonly pageBuffers: number;
  readonly workerHeap: number;
  readonly workerBuffers: number;
  /** Of page and workers. */
  readonly wasm: number;
  readonly gpuBuffers: number;
  readonly workers: number;
  readonly domListeners: number;
  readonly nodes: number;
  readonly gameListeners: number;
  readonly gameObjects: number;
  readonly episodes: number;
  readonly recordings: number;
  readonly keptModels: number;
  /** On the disk, with what IndexedDB has not cleaned up yet. */
  readonly storage: number;
}

export interface Endurance {
  readonly samples: readonly Sample[];
  readonly played: PlayCounts;
  /** Errors and warnings of the plugin, and what the page threw. */
  readonly problems: readonly string[];
  /** Real seconds. */
  readonly seconds: number;
}

const withGame = (page: Page) => ({
  play: (seconds: number): Promise<void> =>
    page.evaluate(
      (s) => (globalThis as unknown as { endurance: Played }).endurance.play(s),
      seconds,
    ),
  figures: () =>
    page.evaluate(() => (globalThis as unknown as { endurance: Played }).endurance.figures()),
});

/** Plays for hours on a stepped clock, in a Chromium. */
export async function playForHours({
  hours,
  warmUpSeconds = 0,
  samples: count,
  page: pageOptions,
  onSample,
}: EnduranceOptions): Promise<Endurance> {
  const folder = await mkdtemp(join(tmpdir(), 'foresight-endurance-'));
  await buildPage(new URL('.', import.meta.url), folder);
  const server = await serveFiles(folder, {});
  const browser = await launchBrowser();
  const start = performance.now();
  try {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    const thrown: string[] = [];
    const inspector = await Inspector.of(await page.context().newCDPSession(page));
    page.on('pageerror', ({ message }) => thrown.push(message));
    const options: PageOptions = { ...PAGE_DEFAULTS, ...pageOptions };
    await page.goto(`${server.url}/index.html#${encodeURIComponent(JSON.stringify(options))}`);
    await page.waitForFunction(() => 'endurance' in globalThis);
    const game = withGame(page);
    const samples: Sample[] = [];
    await game.play(warmUpSeconds);
    let played: PlayCounts | undefined;
    for (let i = 1; i <= count; i++) {
      await game.play((hours * 3600) / count);
      const figures = await game.figures();
      ({ played } = figures);
      const [own, workers] = [await inspector.page(), await inspector.workers()];
      const { nodes, listeners } = await inspector.dom();
      const all = [own, ...workers];
      const sample: Sample = {
        hours: (hours * i) / count,
        pageHeap: own.heap,
        pageBuffers: own.buffers,
        workerHeap: workers.reduce((sum, { heap }) => sum + heap, 0),
        workerBuffers: workers.reduce((sum, { buffers }) => sum + buffers, 0),
        wasm: all.reduce((sum, { wasm }) => sum + wasm, 0),
        gpuBuffers: all.reduce((sum, { gpuBuffers }) => sum + gpuBuffers, 0),
        workers: workers.length,
        domListeners: listeners,
        nodes,
        gameListeners: figures.listeners,
        gameObjects: figures.objects,
        episodes: figures.episodes,
        recordings: figures.bytes,
        keptModels: figures.keptBytes,
        storage: figures.storage,
      };
      samples.push(sample);
      onSample?.(sample);
    }
    const problems = [...played!.problems, ...thrown];
    return { samples, played: played!, problems, seconds: (performance.now() - start) / 1000 };
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
