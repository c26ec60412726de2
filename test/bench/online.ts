import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { personality } from '../../demo/duel/rules/styles/personality.ts';
import { playSession } from '../../demo/duel/tournament/session.ts';
import { alignTable } from '../../src/cli/table.ts';
import { Predictor, readCheckpoint } from '../../src/core.ts';
import { ONLINE_DEFAULTS } from '../../src/model/online-options.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { LocalLearner } from '../../src/train/local-learner.ts';
import { replayOf } from '../../src/train/replay.ts';
import { figure } from './figures.ts';
import { describeMachine } from './lab/machine.ts';
import { median, quantile, significant } from './statistics.ts';

/** Actions of a busy player. */
const ACTIONS_A_SECOND = 2;
/** As many as the plugin replays in a frame; see `LiveModel`. */
const REPLAYED_STEPS = 64;
const CHARACTERS = 20;

export interface OnlineReport {
  readonly machine: string;
  /** Milliseconds of a small update of the duel's model: the median, and of 95 in 100 at most. */
  readonly updates: readonly {
    readonly replay: string;
    readonly ms: number;
    readonly p95: number;
    /** Share of one core at ACTIONS_A_SECOND. */
    readonly share: number;
  }[];
  /** Milliseconds of the game's thread when 20 characters get new weights: at once, and in the longest frame. */
  readonly swapAtOnce: number;
  readonly swapFrame: number;
}

/** Measures learning from play on the duel's model, on one thread of Node. */
export async function benchOnline(): Promise<OnlineReport> {
  const checkpoint = await readCheckpoint(readFileSync('assets/checkpoints/duelist.safetensors'));
  const record = async (seed: number): Promise<readonly Episode[]> => {
    const options = { session: `s${seed}`, seed, style: personality(seed), rounds: 4 };
    return (await playSession({ ...options, checkpoint: null })).episodes;
  };
  const [played, older] = [await record(910_001), await record(910_002)];
  const learn = async (replay: string, episodes: readonly Episode[]) => {
    const learner = new LocalLearner(checkpoint, replayOf(checkpoint, episodes));
    const predictor = await Predictor.create(checkpoint);
    const times: number[] = [];
    for (const episode of [...played, ...played]) {
      for (let i = 0; i < episode.length; i++) {
        const step = stepAt(episode, i);
        predictor.observe('player', step);
        const begin = performance.now();
        const weights = learner.observe('player', step, predictor.experts('player'));
        if (weights) times.push(performance.now() - begin);
      }
      predictor.reset('player');
      learner.reset('player');
    }
    // The first ones compile.
    const warm = times.slice(10);
    const mean = warm.reduce((sum, ms) => sum + ms, 0) / warm.length;
    const share = (mean / 1000) * (ACTIONS_A_SECOND / ONLINE_DEFAULTS.everySteps);
    return {
      replay,
      ms: significant(median(warm)),
      p95: significant(quantile(warm, 0.95)),
      share: significant(share),
    };
  };
  const predictor = await Predictor.create(checkpoint);
  const [longest] = [...played].sort((a, b) => b.length - a.length);
  for (let i = 0; i < longest.length; i++)
    for (let k = 0; k < CHARACTERS; k++) predictor.observe(`character ${k}`, stepAt(longest, i));
  const atOnce = Array.from({ length: 20 }, () => timed(() => predictor.swap({ ...checkpoint })));
  const frames: number[] = [];
  for (let swap = 0; swap < 20; swap++) {
    frames.push(timed(() => predictor.beginSwap({ ...checkpoint })));
    while (!predictor.continueSwap(0))
      frames.push(timed(() => predictor.continueSwap(REPLAYED_STEPS)));
  }
  return {
    machine: describeMachine(),
    updates: [await learn('none', []), await learn('8 windows', older)],
    swapAtOnce: significant(median(atOnce)),
    swapFrame: significant(quantile(frames, 0.95)),
  };
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** The report of `bench online` as text. */
export function onlineTable({ machine, updates, swapAtOnce, swapFrame }: OnlineReport): string {
  return [
    machine,
    'An update of the model of the duel while it is played, wasm, one thread:',
    alignTable([
      ['older sessions', 'ms', 'p95', `% of a core at ${ACTIONS_A_SECOND} actions a second`],
      ...updates.map(({ replay, ms, p95, share }) => [
        replay,
        figure(ms),
        figure(p95),
        figure(100 * share),
      ]),
    ]),
    `New weights for ${CHARACTERS} characters: ${figure(swapAtOnce)} ms at once, ${figure(swapFrame)} ms a frame at most (p95).`,
  ].join('\n');
}
