import { describe, expect, it } from 'vitest';
import { createDuel, hashState, stepDuel } from '../../../../demo/duel/rules/index.ts';
import type { DuelState } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { personality } from '../../../../demo/duel/rules/styles/personality.ts';
import type { Style } from '../../../../demo/duel/rules/styles/index.ts';

const MINUTE = 3600;

function spar(left: Style, right: Style, ticks = MINUTE): { state: DuelState; hits: number } {
  const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: Infinity });
  let hits = 0;
  for (let tick = 0; tick < ticks; tick++)
    for (const event of stepDuel(state, [left(state, 0), right(state, 1)]))
      if ('attacker' in event && event.kind !== 'blocked') hits++;
  return { state, hits };
}

describe.each([...STYLES, { name: 'personality', create: personality }])('$name', ({ create }) => {
  it('acts all the time, with effect', () => {
    const { state, hits } = spar(create(1), STYLES[1].create(2));
    for (const fighter of state.fighters) expect(fighter.actionId).toBeGreaterThan(20);
    expect(hits).toBeGreaterThan(1);
  });

  it('plays the same for the same seed, and differently for another', () => {
    const hash = (seed: number): string => hashState(spar(create(seed), create(9), 900).state);
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
  });
});

describe('strike-after-block', () => {
  it('strikes after nearly every block', () => {
    const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: Infinity });
    const [left, right] = [STYLES[0].create(5), STYLES[1].create(6)];
    let blocked = 0;
    let struck = 0;
    let pending = 0;
    for (let tick = 0; tick < 5 * MINUTE; tick++) {
      const before = state.fighters[0].actionId;
      const events = stepDuel(state, [left(state, 0), right(state, 1)]);
      if (events.some((event) => event.kind === 'blocked' && event.attacker === 1)) {
        blocked++;
        pending = 45;
      }
      const { action, actionId } = state.fighters[0];
      if (pending-- > 0 && actionId !== before && action === 'strike') {
        struck++;
        pending = 0;
      }
    }
    expect(blocked).toBeGreaterThan(10);
    expect(struck / blocked).toBeGreaterThan(0.7);
  });
});
