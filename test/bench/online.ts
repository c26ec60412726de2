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
import { benchSwap, swapTable, timed } from './swap.ts';
import type { SwapRow } from './swap.ts';

/** Actions of a busy player. */
const ACTIONS_A_SECOND = 2;

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
  /** Microseconds of a prediction, experts and simple models included: the median. */
  readonly prediction: number;
  /** What new weights cost the game's thread. */
  readonly swaps: readonly SwapRow[];
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
  const predictions: number[] = [];
  for (let round = 0; round < 20; round++)
    for (const episode of played) {
      predictor.reset('player');
      for (let i = 0; i < episode.length; i++) {
        const step = stepAt(episode, i);
        predictions.push(timed(() => predictor.observe('player', step)));
      }
    }
  const [longest] = [...played].sort((a, b) => b.length - a.length);
  return {
    machine: describeMachine(),
    updates: [await learn('none', []), await learn('8 windows', older)],
    // The first rounds compile.
    prediction: significant(1000 * median(predictions.slice(predictions.length / 4))),
    swaps: await benchSwap(checkpoint, longest),
  };
}

/** The report of `bench online` as text. */
export function onlineTable({ machine, updates, prediction, swaps }: OnlineReport): string {
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
    `A prediction of this model, experts and simple models included: ${figure(prediction)} µs.`,
    'New weights while characters are predicted: at once, and a few steps in each frame as in a game:',
    swapTable(swaps),
  ].join('\n');
}
