import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cloneDuel,
  createDuel,
  hashState,
  STAGE,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelState, Fighter, Intent } from '../../../../demo/duel/rules/index.ts';
import { anyControls, play } from './random-play.ts';

const QUICK = { introTicks: 10, outroTicks: 10, roundTicks: 900 };

const turned = (intent: Intent): Intent => ({ ...intent, left: intent.right, right: intent.left });

/** The mirrored state: sides, positions and directions exchanged. */
function mirrored(state: DuelState): DuelState {
  const turn = (fighter: Fighter): Fighter => ({
    ...fighter,
    x: STAGE.width - fighter.x,
    speed: 0 - fighter.speed,
    push: 0 - fighter.push,
    facing: fighter.facing === 1 ? -1 : 1,
    held: turned(fighter.held),
  });
  const [a, b] = state.fighters;
  return {
    ...state,
    wins: [state.wins[1], state.wins[0]],
    fighters: [turn(b), turn(a)],
    fireballs: state.fireballs.map((ball) => ({
      ...ball,
      x: STAGE.width - ball.x,
      direction: ball.direction === 1 ? -1 : 1,
      owner: ball.owner === 0 ? 1 : 0,
    })),
  };
}

const byOwner = (state: DuelState): DuelState => ({
  ...state,
  fireballs: [...state.fireballs].sort((a, b) => a.owner - b.owner),
});

describe('the same controls', () => {
  it('favour neither side: mirrored controls give the mirrored duel', () => {
    fc.assert(
      fc.property(anyControls(120), (controls) => {
        const duel = play(createDuel(QUICK), controls);
        const swapped = controls.map(({ intents: [a, b], ticks }) => ({
          intents: [turned(b), turned(a)] as const,
          ticks,
        }));
        const other = play(createDuel(QUICK), swapped);
        expect(byOwner(mirrored(other))).toEqual(byOwner(duel));
      }),
      { numRuns: 40 },
    );
  });

  it('may be in an object that the caller reuses', () => {
    const fresh = createDuel({ introTicks: 1 });
    const reused = createDuel({ introTicks: 1 });
    const none = { left: false, right: false, jump: false, strike: false };
    const rest = { throw: false, block: false, fireball: false, dash: false };
    const controls = { ...none, ...rest };
    for (let tick = 0; tick < 60; tick++) {
      controls.strike = tick % 20 === 19;
      stepDuel(reused, [controls, controls]);
      stepDuel(fresh, [{ ...controls }, { ...controls }]);
    }
    expect(fresh.fighters[0].actionId).toBeGreaterThan(0);
    expect(reused).toEqual(fresh);
  });
});

describe('with any controls', () => {
  it('positions and speeds are whole eighths, so that sums are exact on every machine', () => {
    const numbers = ['x', 'height', 'speed', 'rise', 'push', 'health', 'since', 'stun'] as const;
    fc.assert(
      fc.property(anyControls(250), (controls) => {
        play(createDuel(QUICK), controls, ({ fighters, tick }) => {
          for (const fighter of fighters)
            for (const name of numbers)
              if (!Number.isInteger(fighter[name] * 8))
                expect.fail(`tick ${tick}: ${name} is ${fighter[name]}`);
        });
      }),
      { numRuns: 10 },
    );
  });

  it('no fighter has two fireballs in the air', () => {
    fc.assert(
      fc.property(anyControls(120), (controls) => {
        play(createDuel(QUICK), controls, ({ fireballs, tick }) => {
          const [a, b, c] = fireballs;
          if (c || (b && a.owner === b.owner)) expect.fail(`tick ${tick}`);
        });
      }),
      { numRuns: 10 },
    );
  });

  it('a clone is independent of its original', () => {
    const state = createDuel(QUICK);
    const clone = cloneDuel(state);
    const before = hashState(state);
    fc.assert(
      fc.property(anyControls(5), (controls) => {
        play(clone, controls);
        expect(hashState(state)).toBe(before);
      }),
      { numRuns: 3 },
    );
  });
});
