import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { playSessionPair } from '../../../../demo/duel/tournament/session-pair.ts';
import type {
  SessionPair,
  SessionPairTask,
} from '../../../../demo/duel/tournament/session-pair.ts';
import { playTournament } from '../../../../demo/duel/tournament/tournament.ts';
import { readCheckpoint } from '../../../../src/core.ts';

const MODEL = new URL('../../../../assets/checkpoints/duelist.safetensors', import.meta.url);

describe('playTournament', () => {
  const styles = STYLES.slice(0, 2);
  /** With predictions the NPC wins every round, without them every second one. */
  const play = (tasks: readonly SessionPairTask[]): Promise<SessionPair[]> =>
    Promise.resolve(
      tasks.map(({ rounds }) => ({
        withPredictions: Array.from({ length: rounds }, () => 1),
        without: Array.from({ length: rounds }, (_, i) => i % 2),
        strength: null,
      })),
    );

  it('splits the rounds into sessions, each with its own seed', async () => {
    const seen: SessionPairTask[] = [];
    const report = await playTournament({
      rounds: 25,
      seed: 3,
      styles,
      play: (tasks) => play((seen.push(...tasks), tasks)),
    });
    expect(seen.map(({ rounds }) => rounds)).toEqual([10, 10, 5, 10, 10, 5]);
    expect(new Set(seen.map(({ seed }) => seed)).size).toBe(6);
    expect(report).toMatchObject({ rounds: 25, seed: 3, sessionRounds: 10 });
  });

  it('gives a style the same seeds, whichever other styles play', async () => {
    const seedsOf = async (some: typeof styles): Promise<number[]> => {
      const seeds: number[] = [];
      const note = (tasks: readonly SessionPairTask[]) => {
        for (const { style, seed } of tasks) if (style === styles[1].name) seeds.push(seed);
        return play(tasks);
      };
      await playTournament({ rounds: 20, seed: 1, styles: some, play: note });
      return seeds;
    };
    expect(await seedsOf(styles)).toEqual(await seedsOf(styles.slice(1)));
  });

  it('reports wins with predictions, wins without, and their difference, with intervals', async () => {
    const { rows } = await playTournament({ rounds: 40, seed: 1, styles, play });
    expect(rows[0]).toEqual({
      style: styles[0].name,
      habitual: true,
      winWith: 1,
      winFirst: 1,
      winLater: 1,
      winWithout: 0.5,
      difference: 0.5,
      intervalWith: { low: 1, high: 1 },
      intervalWithout: { low: 0.5, high: 0.5 },
      low: 0.5,
      high: 0.5,
      strength: null,
    });
  });
});

it('a pair of sessions is determined by its seed', async () => {
  const checkpoint = await readCheckpoint(readFileSync(MODEL), 'duelist');
  const task = { style: 'hot-head', seed: 4, rounds: 2, fair: true };
  const pair = await playSessionPair(checkpoint, task);
  expect(pair.withPredictions).toHaveLength(2);
  expect(pair.strength).toBeGreaterThan(0);
  expect(await playSessionPair(checkpoint, task)).toEqual(pair);
});
