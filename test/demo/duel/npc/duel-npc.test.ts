import { describe, expect, it } from 'vitest';
import { ActionWatcher } from '../../../../demo/duel/action-watcher.ts';
import { createEarnedTrust, DuelNpc } from '../../../../demo/duel/npc/duel-npc.ts';
import type { DuelNpcOptions } from '../../../../demo/duel/npc/duel-npc.ts';
import {
  createDuel,
  DUEL_ACTIONS,
  hashState,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelAction } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import type { Style } from '../../../../demo/duel/rules/styles/index.ts';
import { createStyle } from '../../../../demo/duel/rules/styles/style.ts';
import { createRng, DIFFICULTIES } from '../../../../src/core.ts';
import { predictionAt } from '../../../npc/prediction.ts';

interface Minute extends Partial<DuelNpcOptions> {
  readonly style?: Style;
  /** What the NPC always expects of the player; without predictions when absent. */
  readonly expects?: DuelAction;
}

/** Plays a minute of the NPC against a scripted player. Returns the final state's hash, and the newest read. */
function playMinute({ style = STYLES[1].create(3), expects, ...options }: Minute) {
  const npc = new DuelNpc({ side: 1, rng: createRng(8), ...options });
  const watcher = new ActionWatcher();
  const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: 99 });
  const expected = DUEL_ACTIONS.map((action) => (action === expects ? 0.87 : 0.01));
  for (let tick = 0; tick < 3600; tick++) {
    const prediction = expects
      ? { ...predictionAt(tick, expected), action: expects, inTicks: 20 }
      : null;
    stepDuel(state, [style(state, 0), npc.intent(state, prediction)]);
    const action = watcher.watch(state.fighters[0]);
    if (action) npc.watch(action, prediction);
  }
  return { end: hashState(state), read: npc.lastRead };
}

describe('DuelNpc', () => {
  it('is determined by its seed, and ignores its trust without predictions', () => {
    expect(playMinute({})).toEqual(playMinute({}));
    const { hard } = DIFFICULTIES;
    expect(playMinute({ difficulty: { ...hard, trust: 0 } })).toEqual(
      playMinute({ difficulty: hard }),
    );
    expect(playMinute({ difficulty: 'hard' })).toEqual(playMinute({}));
  });

  it('makes errors at the easy difficulty', () => {
    expect(playMinute({ difficulty: 'easy' })).not.toEqual(playMinute({}));
  });

  it('plays as without predictions while they do not come true', () => {
    const earned = createEarnedTrust();
    expect(playMinute({ expects: 'dash', earned })).toEqual(playMinute({}));
    expect(earned.share).toBe(0);
  });

  it('acts on predictions that come true', () => {
    const earned = createEarnedTrust();
    const style = (): Style => createStyle(2, () => ({ action: 'block', ticks: 22 }));
    const reader = playMinute({ expects: 'block', style: style(), earned });
    const control = playMinute({ style: style() });
    expect(reader.end).not.toBe(control.end);
    expect([reader.read?.expected, control.read]).toEqual(['block', null]);
    expect(earned.share).toBe(1);
  });
});
