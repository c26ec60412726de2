import { describe, expect, it } from 'vitest';
import { LIKENESS } from '../../../../demo/duel/shadow/likeness.ts';
import { readShadowBase } from '../../../../demo/duel/shadow/learn-shadow.ts';
import { measureShadow } from '../../../../demo/duel/shadow/measure-shadow.ts';
import { shadowPlayers } from '../../../../demo/duel/shadow/shadow-players.ts';
import { twoSampleTest } from '../../../../demo/duel/shadow/two-sample.ts';
import { cutWindows, windowFeatures } from '../../../../demo/duel/shadow/windows.ts';
import { DUEL_ACTIONS } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { personality } from '../../../../demo/duel/rules/styles/personality.ts';
import { PRETRAINING_SEEDS } from '../../../../demo/duel/tournament/invented-players.ts';
import { playSession } from '../../../../demo/duel/tournament/session.ts';
import type { Episode } from '../../../../src/core.ts';

const roundsOf = async (
  name: string,
  seed: number,
  rounds: number,
): Promise<readonly Episode[]> => {
  const style = STYLES.find((entry) => entry.name === name)!.create(seed);
  return (await playSession({ session: name, seed, style, rounds, checkpoint: null })).episodes;
};

describe('shadowPlayers', () => {
  it('are half less mechanical players, and none of pretraining', () => {
    const players = shadowPlayers(20, 1);
    const names = players.map(({ name }) => name.split(':')[0]);
    expect(names.filter((name) => name === 'human')).toHaveLength(10);
    expect(new Set(names).size).toBe(11);
    expect(new Set(players.map(({ seed }) => seed)).size).toBe(20);
    for (const { seed } of players)
      expect(seed).toBeGreaterThanOrEqual(PRETRAINING_SEEDS.from + PRETRAINING_SEEDS.count);
    expect(STYLES.map(({ create }) => create)).not.toContain(personality);
  });
});

describe('windowFeatures', () => {
  it('count actions and pairs in windows of 20 actions of one round, and average durations', async () => {
    const rounds = await roundsOf('cycler', 3, 2);
    const windows = cutWindows(rounds);
    expect(windows).toHaveLength(
      rounds.reduce((sum, { length }) => sum + Math.floor(length / 20), 0),
    );
    const [first] = windows;
    expect(Array.from(first.actions)).toEqual(Array.from(rounds[0].actions.slice(0, 20)));
    expect(first.lasted[0]).toBe(rounds[0].ticks[1] - rounds[0].ticks[0]);
    expect(windows.some(({ late }) => late)).toBe(true);
    expect(first.late).toBe(false);
    for (const row of windowFeatures(windows)) {
      const count = DUEL_ACTIONS.length;
      expect(row).toHaveLength(2 * count + 60);
      expect(row.slice(0, count).reduce((a, b) => a + b)).toBe(20);
      // With so few windows all of their pairs are among the commonest.
      expect(row.slice(2 * count).reduce((a, b) => a + b)).toBeGreaterThan(15);
    }
  });
});

describe('twoSampleTest', () => {
  it('distinguishes two players, and not a player from itself', async () => {
    const [zoner, jumper] = [await roundsOf('zoner', 1, 20), await roundsOf('jumper', 2, 20)];
    expect(twoSampleTest(zoner, jumper).all).toBeGreaterThan(0.95);
    const other = await roundsOf('zoner', 3, 20);
    const { all, early, late } = twoSampleTest(zoner, other);
    for (const share of [all, early, late]) {
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.75);
    }
  });
});

describe('measureShadow', () => {
  it('compares shadows with the player, and the player with itself', async () => {
    const [player] = shadowPlayers(1, 5);
    const { name, control, shadows } = await measureShadow(player, {
      base: await readShadowBase(),
      sizes: [2, 8],
      rounds: 10,
    });
    expect(name).toBe(player.name);
    expect(shadows).toHaveLength(2);
    for (const { divergence, distinguished, wins } of [control, ...shadows]) {
      expect(Object.keys(divergence)).toEqual(LIKENESS);
      for (const value of Object.values(divergence)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(Math.LN2);
      }
      for (const share of Object.values(distinguished)) expect(share).toBeGreaterThanOrEqual(0);
      expect(Math.abs(wins)).toBeLessThanOrEqual(1);
    }
    // More rounds make a better copy, and one of two rounds is further away than the player's own other rounds.
    expect(shadows[1].divergence.pairs).toBeLessThan(shadows[0].divergence.pairs);
    expect(control.divergence.pairs).toBeLessThan(shadows[0].divergence.pairs);
  });
});
