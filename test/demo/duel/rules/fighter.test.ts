import { describe, expect, it } from 'vitest';
import {
  ATTACKS,
  canAct,
  committedTicks,
  DUEL_ACTIONS,
  DUEL_CHOICES,
  intentFor,
  MOTION,
  NO_INTENT,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelAction, DuelState, Intent } from '../../../../demo/duel/rules/index.ts';
import { atDistance, press } from './random-play.ts';

/** Steps with one intent for side 0 while side 1 stands. */
function hold(state: DuelState, intent: Intent, ticks: number): void {
  for (let tick = 0; tick < ticks; tick++) stepDuel(state, [intent, NO_INTENT]);
}

describe('a jump', () => {
  it.each([
    ['forward', press('jump', 'right'), 1],
    ['straight up', press('jump'), 0],
    ['back', press('jump', 'left'), -1],
  ])('goes %s with the held direction', (_, intent, direction) => {
    const state = atDistance(300);
    const [self] = state.fighters;
    const from = self.x;
    stepDuel(state, [intent, NO_INTENT]);
    hold(state, NO_INTENT, 20);
    expect(self.height).toBeGreaterThan(MOTION.fireballClears);
    expect(Math.sign(self.x - from)).toBe(direction);
    hold(state, NO_INTENT, 40);
    expect(self.height).toBe(0);
    expect(self.action).toBe('idle');
  });

  it('makes a throw miss from its first tick', () => {
    const state = atDistance(50);
    const { startup } = ATTACKS.throw;
    for (let tick = 0; tick < 40; tick++)
      stepDuel(state, [
        tick === 0 ? press('throw') : NO_INTENT,
        tick === startup - 1 ? press('jump') : NO_INTENT,
      ]);
    expect(state.fighters[1].health).toBe(100);
    expect(state.fighters[0].outcome).toBe('whiffed');
  });
});

describe('action ids', () => {
  it('grow by one with every action, including repeats and those that happen to a fighter', () => {
    const state = atDistance(60);
    const [self, other] = state.fighters;
    const begun: DuelAction[] = [];
    let id = other.actionId;
    for (let tick = 0; tick < 130; tick++) {
      stepDuel(state, [intentFor('strike', state, 0), NO_INTENT]);
      if (other.actionId === id) continue;
      expect(other.actionId).toBe(id + 1);
      expect(other.since).toBe(0);
      id = other.actionId;
      begun.push(other.action);
    }
    expect(begun.slice(0, 2)).toEqual(['hit', 'idle']);
    expect(self.actionId).toBeGreaterThan(3);
  });

  it('do not grow while one action is held', () => {
    const state = atDistance(300);
    hold(state, press('block'), 1);
    const { actionId } = state.fighters[0];
    hold(state, press('block'), 100);
    expect(state.fighters[0]).toMatchObject({ actionId, action: 'block', since: 101 });
  });
});

describe('the controls', () => {
  it('need a new press for a new attack', () => {
    const state = atDistance(300);
    hold(state, press('strike'), 200);
    // Striking, then standing.
    expect(state.fighters[0].actionId).toBe(2);
  });

  it('can carry out every choice by its name', () => {
    for (const choice of DUEL_CHOICES) {
      const state = atDistance(300);
      const seen = new Set<DuelAction>();
      for (let tick = 0; tick < 60; tick++) {
        const action = choice === 'air-strike' && tick < 12 ? 'jump' : choice;
        stepDuel(state, [intentFor(action, state, 0), NO_INTENT]);
        seen.add(state.fighters[0].action);
      }
      expect([...seen], choice).toContain(choice);
    }
  });

  it('are empty for actions that only happen to a fighter', () => {
    const state = atDistance(300);
    const choices: readonly string[] = DUEL_CHOICES;
    for (const action of DUEL_ACTIONS.filter((name) => !choices.includes(name)))
      expect(intentFor(action, state, 0)).toEqual(NO_INTENT);
  });

  it('cannot throw a second fireball while the first flies', () => {
    const state = atDistance(700);
    let launched = 0;
    for (let tick = 0; tick < 110; tick++)
      launched += stepDuel(state, [intentFor('fireball', state, 0), NO_INTENT]).length;
    expect(launched).toBe(1);
    expect(state.fireballs).toHaveLength(1);
  });
});

it.each(['strike', 'throw', 'fireball', 'dash', 'jump'] as const)(
  'committedTicks is the number of ticks until the fighter is free after a %s',
  (action) => {
    const state = atDistance(600);
    const [self] = state.fighters;
    stepDuel(state, [press(action), NO_INTENT]);
    for (let tick = 0; !canAct(self); tick++) {
      expect(tick).toBeLessThan(90);
      const reported = committedTicks(self);
      let ticks = 0;
      const ahead = structuredClone(state);
      for (; !canAct(ahead.fighters[0]); ticks++) stepDuel(ahead, [NO_INTENT, NO_INTENT]);
      expect(Math.abs(reported - ticks), `${action} ${self.since}`).toBeLessThanOrEqual(1);
      stepDuel(state, [NO_INTENT, NO_INTENT]);
    }
  },
);
