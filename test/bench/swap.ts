import { performance } from 'node:perf_hooks';
import { REPLAYED_STEPS } from '../../plugin/game/live-model.ts';
import { alignTable } from '../../src/cli/table.ts';
import type { Checkpoint } from '../../src/core.ts';
import { Predictor } from '../../src/core.ts';
import type { SymbolSource } from '../../src/experts/symbol-source.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { figure } from './figures.ts';
import { median, significant } from './statistics.ts';

/** An odd number, so that a frame's median is one of its times. */
const SWAPS = 9;

/** Milliseconds of the game's thread when all characters get new weights. */
export interface SwapRow {
  readonly characters: number;
  readonly contexts: 'the same' | 'others';
  /** All of it at once: the median. */
  readonly atOnce: number;
  /** Frames of a gradual swap; the first one begins it. */
  readonly frames: number;
  /** Of the first frame, and of a frame after it: medians. */
  readonly begin: number;
  readonly frame: number;
  /**
   * The longest frame. Every swap does the same work in its nth frame, so the median over the swaps is its time; what
   * other programs and collected garbage add at random is left out.
   */
  readonly longest: number;
}

/** Weights of the same shape whose experts count in contexts with other edges. */
function withOtherContexts(checkpoint: Checkpoint): Checkpoint {
  const { experts } = checkpoint;
  if (!experts) throw new Error('The checkpoint has no experts.');
  const moved = (source: SymbolSource): SymbolSource =>
    'edges' in source ? { ...source, edges: source.edges.map((edge) => edge + 1e-3) } : source;
  const plan = { ...experts.plan, sources: experts.plan.sources.map(moved) };
  return { ...checkpoint, experts: { ...experts, plan } };
}

/** Characters that all have had the steps of an episode, swapped at once and gradually. */
export async function benchSwap(
  checkpoint: Checkpoint,
  episode: Episode,
): Promise<readonly SwapRow[]> {
  const other = withOtherContexts(checkpoint);
  const rows: SwapRow[] = [];
  for (const characters of [1, 20, 200])
    for (const contexts of ['the same', 'others'] as const) {
      const predictor = await Predictor.create(checkpoint);
      for (let i = 0; i < episode.length; i++)
        for (let k = 0; k < characters; k++)
          predictor.observe(`character ${k}`, stepAt(episode, i));
      // Every other one: a swap to other contexts begins from those before.
      const next = (swap: number): Checkpoint =>
        contexts === 'others' && swap % 2 === 0 ? { ...other } : { ...checkpoint };
      const atOnce: number[] = [];
      for (let swap = 0; swap < SWAPS; swap++) atOnce.push(timed(() => predictor.swap(next(swap))));
      const swaps: number[][] = [];
      for (let swap = SWAPS; swap < 2 * SWAPS; swap++) swaps.push(gradual(predictor, next(swap)));
      const times = swaps[0].map((_, frame) => median(swaps.map((frames) => frames[frame])));
      rows.push({
        characters,
        contexts,
        atOnce: significant(median(atOnce)),
        frames: times.length,
        begin: significant(times[0]),
        frame: significant(median(times.slice(1))),
        longest: significant(Math.max(...times)),
      });
    }
  return rows;
}

/** Times of the frames of a gradual swap. */
function gradual(predictor: Predictor, checkpoint: Checkpoint): number[] {
  const begin = timed(() => {
    predictor.beginSwap(checkpoint);
    predictor.continueSwap(1);
  });
  const frames = [begin];
  while (!predictor.continueSwap(0))
    frames.push(timed(() => predictor.continueSwap(REPLAYED_STEPS)));
  return frames;
}

export function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** The rows as text. */
export function swapTable(rows: readonly SwapRow[]): string {
  return alignTable([
    ['characters', 'contexts', 'ms at once', 'frames', 'ms the first', 'ms others', 'ms longest'],
    ...rows.map((row) => [
      String(row.characters),
      row.contexts,
      figure(row.atOnce),
      String(row.frames),
      figure(row.begin),
      figure(row.frame),
      figure(row.longest),
    ]),
  ]);
}
