import { describe, expect, it } from 'vitest';
import { DUEL_OBSERVATION, createDuel, observe, stepDuel } from '../../../demo/rules/index.ts';
import { STYLES } from '../../../demo/rules/styles/index.ts';

describe('what a fighter sees', () => {
  it('has every field of the table, of its kind and within its range, all through a fight', () => {
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

  it('is the mirror image for the two sides', () => {
    const state = createDuel();
    state.fighters[0].health = 40;
    expect(observe(state, 0).health).toBe(40);
    expect(observe(state, 1).opponentHealth).toBe(40);
    expect(observe(state, 0).distance).toBe(observe(state, 1).distance);
  });
});
