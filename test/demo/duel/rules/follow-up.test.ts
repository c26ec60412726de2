import { describe, expect, it } from 'vitest';
import {
  followUp,
  isOpen,
  meetsJump,
  NO_INTENT,
  REACTION_TICKS,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelState } from '../../../../demo/duel/rules/index.ts';
import { atDistance, press } from './random-play.ts';

/** Side 0 presses `control` at the first tick; side 1 follows up. Returns the tick of its first action. */
function firstAnswer(
  state: DuelState,
  control: Parameters<typeof press>[0],
): { tick: number; control: string } | null {
  for (let tick = 0; tick < 100; tick++) {
    const answer = followUp(state, 1);
    const pressed = Object.entries(answer).find(([, on]) => on);
    if (pressed) return { tick, control: pressed[0] };
    stepDuel(state, [tick === 0 ? press(control) : NO_INTENT, answer]);
  }
  return null;
}

describe('followUp', () => {
  it('answers after a reaction time', () => {
    const answer = firstAnswer(atDistance(130), 'strike');
    expect(answer?.tick).toBeGreaterThanOrEqual(REACTION_TICKS);
  });

  it('answers too late against a strike at arm’s length', () => {
    const state = atDistance(60);
    firstAnswer(state, 'strike');
    expect(state.fighters[1].health).toBeLessThan(100);
  });

  it('guards against a fireball', () => {
    expect(firstAnswer(atDistance(300), 'fireball')?.control).toBe('block');
  });

  it('punishes a throw that missed', () => {
    const state = atDistance(80);
    expect(firstAnswer(state, 'throw')?.control).toBe('strike');
    expect(isOpen(state, 1)).toBe(true);
  });
});

it('a strike begun when meetsJump is true hits the jump', () => {
  for (const distance of [130, 160, 190]) {
    const state = atDistance(distance);
    let struck = false;
    for (let tick = 0; tick < 60; tick++) {
      const now: boolean = !struck && meetsJump(state, 1);
      struck ||= now;
      const jump = tick === 0 ? press('jump', 'right') : NO_INTENT;
      stepDuel(state, [jump, now ? press('strike') : NO_INTENT]);
    }
    expect(struck, `${distance}`).toBe(true);
    expect(state.fighters[0].health, `${distance}`).toBe(90);
  }
});
