import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DUEL_OBSERVATION,
  createDuel,
  observe,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelState } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { anyControls, atDistance, play, press } from './random-play.ts';

describe('the observation of a fighter', () => {
  it('has every field of the table, of its kind and within its range, throughout a fight', () => {
    const state = createDuel({ introTicks: 2 });
    const [left, right] = [STYLES[0].create(3), STYLES[3].create(4)];
    const names = DUEL_OBSERVATION.map(({ name }) => name);
    for (let tick = 0; tick < 900; tick++) {
      stepDuel(state, [left(state, 0), right(state, 1)]);
      for (const side of [0, 1] as const) {
        const seen: Record<string, unknown> = observe(state, side);
        expect(Object.keys(seen)).toEqual(names);
        for (const field of DUEL_OBSERVATION) {
          const value = seen[field.name];
          if (field.kind === 'number') {
            expect(value, field.name).toBeGreaterThanOrEqual(field.min);
            expect(value, field.name).toBeLessThanOrEqual(field.max);
          } else if (field.kind === 'category') expect(field.categories).toContain(value);
          else expect(typeof value).toBe('boolean');
        }
      }
    }
  });

  it('is mirrored between the two sides', () => {
    const state = createDuel();
    state.fighters[0].health = 40;
    expect(observe(state, 0).health).toBe(40);
    expect(observe(state, 1).opponentHealth).toBe(40);
    expect(observe(state, 0).distance).toBe(observe(state, 1).distance);
  });

  it('stays within its ranges with any controls, and with none for minutes', () => {
    const check = (state: DuelState): void => {
      for (const side of [0, 1] as const) {
        const seen: Record<string, unknown> = observe(state, side);
        for (const field of DUEL_OBSERVATION) {
          if (field.kind !== 'number') continue;
          const value = Number(seen[field.name]);
          if (!(value >= field.min && value <= field.max))
            expect.fail(`tick ${state.tick}: ${field.name} is ${value}`);
        }
      }
    };
    fc.assert(
      fc.property(anyControls(150), (controls) => {
        play(createDuel({ introTicks: 5, outroTicks: 5, roundTicks: 5400 }), controls, check);
      }),
      { numRuns: 10 },
    );
    play(atDistance(300), [{ intents: [press(), press()], ticks: 900 }], check);
  });

  it('has the distance of a fireball that approaches, not of one that has passed', () => {
    const state = atDistance(200);
    const distances: number[] = [];
    for (let tick = 0; tick < 80; tick++) {
      const dash = tick === 36 ? press('dash') : press();
      stepDuel(state, [tick === 0 ? press('fireball') : press(), dash]);
      distances.push(observe(state, 1).fireballDistance);
      expect(observe(state, 0).fireballDistance).toBe(800);
    }
    expect(distances[20]).toBeLessThan(200);
    expect(distances[30]).toBeLessThan(distances[20]);
    expect(state.fireballs).toHaveLength(1);
    expect(distances.at(-1)).toBe(800);
  });

  it('has the lead in health, from each side', () => {
    const state = createDuel();
    state.wins = [2, 0];
    expect([observe(state, 0).lead, observe(state, 1).lead]).toEqual([2, -2]);
  });
});
