import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTACKS,
  CLOSE_CHOICES,
  DUEL_ACTIONS,
  NO_INTENT,
  createDuel,
  duelPayoff,
  exchange,
  hashState,
  intentFor,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelChoice, DuelState, Intent } from '../../../../demo/duel/rules/index.ts';

const intents = fc.record({
  left: fc.boolean(),
  right: fc.boolean(),
  jump: fc.boolean(),
  strike: fc.boolean(),
  throw: fc.boolean(),
  block: fc.boolean(),
  fireball: fc.boolean(),
  dash: fc.boolean(),
});
const script = fc.array(fc.tuple(intents, intents), { minLength: 20, maxLength: 60 });

/** Holds each pair of intents for some ticks, as players do. */
function play(moves: readonly (readonly [Intent, Intent])[], ticks: number): DuelState {
  const state = createDuel({ introTicks: 2 });
  for (let tick = 0; tick < ticks; tick++)
    stepDuel(state, moves[Math.floor(tick / 9) % moves.length]);
  return state;
}

function fighting(distance: number): DuelState {
  const state = createDuel({ introTicks: 1 });
  stepDuel(state, [NO_INTENT, NO_INTENT]);
  state.fighters[0].x = 400 - distance / 2;
  state.fighters[1].x = 400 + distance / 2;
  return state;
}

describe('the duel', () => {
  it('is deterministic to the bit', () => {
    fc.assert(
      fc.property(script, (moves) => hashState(play(moves, 2000)) === hashState(play(moves, 2000))),
      { numRuns: 15 },
    );
  });

  it('continues identically from a state saved as JSON', () => {
    fc.assert(
      fc.property(script, (moves) => {
        const live = play(moves, 400);
        const saved = JSON.parse(JSON.stringify(live)) as DuelState;
        for (let tick = 0; tick < 300; tick++) {
          const pair = moves[tick % moves.length];
          stepDuel(live, pair);
          stepDuel(saved, pair);
        }
        return hashState(live) === hashState(saved);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps fighters on the stage and apart, with finite numbers', () => {
    fc.assert(
      fc.property(script, (moves) => {
        const state = createDuel({ introTicks: 2 });
        for (let tick = 0; tick < 1500; tick++) {
          stepDuel(state, moves[Math.floor(tick / 9) % moves.length]);
          for (const { x, height, health, action, ...rest } of state.fighters) {
            const sound =
              x >= 0 &&
              x <= 800 &&
              height >= 0 &&
              height < 150 &&
              health >= 0 &&
              DUEL_ACTIONS.includes(action) &&
              Object.values(rest).every(
                (value) => typeof value !== 'number' || Number.isFinite(value),
              );
            if (!sound)
              expect.fail(`tick ${tick}: ${JSON.stringify({ x, height, health, action, rest })}`);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('counts a repeated action as a new one', () => {
    const state = fighting(300);
    const ids = new Set<number>();
    for (let tick = 0; tick < 140; tick++) {
      stepDuel(state, [intentFor('strike', state, 0), NO_INTENT]);
      if (state.fighters[0].action === 'strike') ids.add(state.fighters[0].actionId);
    }
    expect(ids.size).toBeGreaterThanOrEqual(3);
  });

  it('ends a round by time and by knock-out, and the duel when enough rounds are won', () => {
    const state = createDuel({ introTicks: 1, outroTicks: 2, roundTicks: 100, roundsToWin: 2 });
    const seen: string[] = [];
    for (let tick = 0; tick < 4000 && state.phase !== 'over'; tick++) {
      if (state.round === 2 && state.phase === 'fight') state.fighters[1].health = 0;
      if (state.round === 1 && state.phase === 'fight') state.fighters[1].health = 50;
      for (const event of stepDuel(state, [NO_INTENT, NO_INTENT]))
        seen.push(event.kind === 'round-end' ? `${event.kind} ${event.byTime}` : event.kind);
    }
    expect(seen).toEqual([
      'round-start',
      'round-end true',
      'round-start',
      'round-end false',
      'duel-end',
    ]);
    expect(state.wins).toEqual([2, 0]);
  });

  it('accepts a press that comes a little early', () => {
    const state = fighting(300);
    const press = { ...NO_INTENT, throw: true };
    stepDuel(state, [{ ...NO_INTENT, strike: true }, NO_INTENT]);
    const { startup, active, recovery } = ATTACKS.strike;
    for (let tick = 1; tick < startup + active + recovery - 3; tick++)
      stepDuel(state, [NO_INTENT, NO_INTENT]);
    stepDuel(state, [press, NO_INTENT]);
    for (let tick = 0; tick < 6; tick++) stepDuel(state, [NO_INTENT, NO_INTENT]);
    expect(state.fighters[0].action).toBe('throw');
  });
});

describe('the balance of choices', () => {
  const gain = (reply: DuelChoice, action: DuelChoice): number => exchange(reply, action, 58);

  it('is strike over throw, throw over block, block over strike at arm’s length', () => {
    expect(gain('strike', 'throw')).toBeGreaterThan(0);
    expect(gain('throw', 'block')).toBeGreaterThan(0);
    expect(gain('block', 'strike')).toBeGreaterThan(0);
  });

  it('is the same for both sides', () => {
    for (const reply of CLOSE_CHOICES)
      for (const action of CLOSE_CHOICES)
        expect(gain(reply, action) + gain(action, reply), `${reply}, ${action}`).toBe(0);
  });

  it('lets a jump pass over a fireball', () => {
    const state = fighting(220);
    stepDuel(state, [{ ...NO_INTENT, fireball: true }, NO_INTENT]);
    for (let tick = 0; tick < 22; tick++) stepDuel(state, [NO_INTENT, NO_INTENT]);
    for (let tick = 0; tick < 40; tick++)
      stepDuel(state, [NO_INTENT, { ...NO_INTENT, jump: tick === 2 }]);
    expect(state.fighters[1].health).toBe(100);
  });

  it('has a punishment for every single reply', () => {
    const { close } = duelPayoff();
    for (const reply of ['strike', 'throw', 'block'])
      expect(Math.min(...Object.values(close[reply])), reply).toBeLessThan(0);
  });

  it('has attacks that are faster than a person reacts', () => {
    expect(ATTACKS.strike.startup).toBeLessThan(12);
    expect(ATTACKS.throw.startup).toBeLessThan(12);
  });
});
