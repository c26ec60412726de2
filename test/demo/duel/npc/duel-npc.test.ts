import { describe, expect, it } from 'vitest';
import { DuelNpc } from '../../../../demo/duel/npc/duel-npc.ts';
import type { DuelNpcOptions } from '../../../../demo/duel/npc/duel-npc.ts';
import { createDuel, hashState, stepDuel } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { createRng, DIFFICULTIES } from '../../../../src/core.ts';

/** Plays a minute of the NPC against a scripted player, without predictions. */
function playMinute(options: Partial<DuelNpcOptions>): string {
  const npc = new DuelNpc({ side: 1, rng: createRng(8), ...options });
  const style = STYLES[1].create(3);
  const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: 99 });
  for (let tick = 0; tick < 3600; tick++)
    stepDuel(state, [style(state, 0), npc.intent(state, null)]);
  return hashState(state);
}

describe('DuelNpc', () => {
  it('is determined by its seed, and ignores its trust without predictions', () => {
    expect(playMinute({})).toBe(playMinute({}));
    const { hard } = DIFFICULTIES;
    expect(playMinute({ difficulty: { ...hard, trust: 0 } })).toBe(
      playMinute({ difficulty: hard }),
    );
    expect(playMinute({ difficulty: 'hard' })).toBe(playMinute({}));
  });

  it('makes errors at the easy difficulty', () => {
    expect(playMinute({ difficulty: 'easy' })).not.toBe(playMinute({}));
  });
});
