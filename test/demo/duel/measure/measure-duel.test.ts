import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measuredPlayers } from '../../../../demo/duel/measure/measured-players.ts';
import {
  measurePlayer,
  ROWS,
  scoreWindows,
  WINDOW_ENDS,
} from '../../../../demo/duel/measure/measure-player.ts';
import { summarise } from '../../../../demo/duel/measure/summary.ts';
import type { PlayerResult } from '../../../../demo/duel/measure/measure-player.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { personality } from '../../../../demo/duel/rules/styles/personality.ts';
import {
  PRETRAINING_SEEDS,
  recordInvented,
} from '../../../../demo/duel/tournament/invented-players.ts';
import { readCheckpoint } from '../../../../src/core.ts';

const MODEL = new URL('../../../../assets/checkpoints/duelist.safetensors', import.meta.url);

describe('measuredPlayers', () => {
  it('are other players than those of pretraining', () => {
    const players = [1, 2].flatMap((seed) => measuredPlayers(20, seed));
    const seeds = players.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(40);
    expect(Math.min(...seeds)).toBeGreaterThanOrEqual(
      PRETRAINING_SEEDS.from + PRETRAINING_SEEDS.count,
    );
    const names = STYLES.map(({ name }) => name);
    for (const { name } of players) expect(names).toContain(name.split(':')[0]);
    expect(STYLES.map(({ create }) => create)).not.toContain(personality);
  });

  it('refuse a seed of pretraining', () => {
    expect(() => measuredPlayers(1, -7000)).toThrow(RangeError);
  });
});

describe('scoreWindows', () => {
  it('scores each action before the predictor sees it', async () => {
    const players = { from: PRETRAINING_SEEDS.from, count: 1, rounds: 14, checkpoint: null };
    const episodes = await recordInvented(players);
    const shown: number[] = [];
    const predictor = {
      name: 'half',
      reset() {},
      next({ action }: { readonly action: number }, out: Float64Array) {
        shown.push(action);
        out.fill(0.5 / (out.length - 1));
        out[action] = 0.5;
      },
    };
    const { top1, logLoss } = scoreWindows(predictor, episodes);
    // It expects each action again, so it is right where the next one is the same.
    let [from, episode] = [0, 0];
    const repeats: boolean[] = [];
    for (; repeats.length < WINDOW_ENDS[2]; from += episodes[episode++].length)
      for (let i = 1; i < episodes[episode].length; i++)
        repeats.push(episodes[episode].actions[i] === episodes[episode].actions[i - 1]);
    WINDOW_ENDS.forEach((end, window) => {
      const mine = repeats.slice(window ? WINDOW_ENDS[window - 1] : 0, end);
      const share = mine.filter(Boolean).length / mine.length;
      expect(top1[window]).toBeCloseTo(share, 10);
      expect(logLoss[window]).toBeCloseTo(
        -share * Math.log(0.5) - (1 - share) * Math.log(0.5 / 13),
        10,
      );
    });
    expect(shown.length).toBeLessThanOrEqual(from);
  });

  it('needs enough actions', async () => {
    const episodes = await recordInvented({ from: 1, count: 1, rounds: 1, checkpoint: null });
    const predictor = { name: 'none', reset() {}, next() {} };
    expect(() => scoreWindows(predictor, episodes)).toThrow('actions to score');
  });
});

describe('measurePlayer', () => {
  it('scores all rows on the same play, in which learning beats counting', async () => {
    const checkpoint = await readCheckpoint(readFileSync(MODEL), 'duelist');
    const play = () => measurePlayer(checkpoint, measuredPlayers(1, 1)[0]);
    const { rows } = await play();
    expect(Object.keys(rows)).toEqual([...ROWS]);
    expect(rows['learning on'].logLoss[2]).toBeLessThan(rows['live n-gram'].logLoss[2]);
    expect(rows['live n-gram'].logLoss[2]).toBeLessThan(rows['commonest action'].logLoss[2]);
    expect((await play()).rows).toEqual(rows);
  }, 60_000);
});

it('summarises means, and for how many players learning on is better', () => {
  const player = (name: string, learning: number): PlayerResult => ({
    name,
    rows: Object.fromEntries(
      ROWS.map((row, i) => [
        row,
        { logLoss: [3, 2, i ? 1 : learning], top1: [0.1, 0.2, i ? 0.3 : 0.5] },
      ]),
    ),
    learningMs: 4,
  });
  const summary = summarise([player('a', 0.5), player('b', 1.1)]);
  expect(summary.rows['learning on'].logLoss[2]).toBeCloseTo(0.8, 10);
  expect(summary.better).toEqual({ frozen: 1, 'live n-gram': 1, 'commonest action': 1 });
  expect(summary.coreShare).toBeCloseTo(0.008, 10);
});
