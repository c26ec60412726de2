import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTACKS,
  canAct,
  createDuel,
  duelPayoff,
  exchange,
  intentFor,
  MOTION,
  NO_INTENT,
  REACTION_TICKS,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelChoice, DuelState, Outcome } from '../../../../demo/duel/rules/index.ts';
import { anyControls, atDistance, play, press } from './random-play.ts';

/**
 * Side 0 does `action` once, side 1 holds `held`, until both are free again after contact. Returns by
 * how many ticks side 0 is free before side 1 (negative: after).
 */
function advantage(action: DuelChoice, held: DuelChoice | null, distance: number): number {
  const state = atDistance(distance);
  const free: (number | null)[] = [null, null];
  let met = false;
  for (let tick = 0; tick < 200; tick++) {
    const [self, other] = state.fighters;
    const begun = self.actionId > 0;
    const left = begun ? NO_INTENT : intentFor(action, state, 0);
    const right = held && !met ? intentFor(held, state, 1) : NO_INTENT;
    const events = stepDuel(state, [left, right]);
    met ||= events.some(({ kind }) => kind === 'hit' || kind === 'blocked' || kind === 'thrown');
    if (!met) continue;
    if (canAct(self)) free[0] ??= tick;
    if (canAct(other)) free[1] ??= tick;
  }
  expect(met).toBe(true);
  return (free[1] ?? NaN) - (free[0] ?? NaN);
}

describe('frame data', () => {
  it('starts attacks at arm’s length faster than a person reacts, but slowly enough to be seen', () => {
    for (const action of ['strike', 'throw'] as const) {
      expect(ATTACKS[action].startup).toBeLessThan(12);
      expect(ATTACKS[action].startup).toBeGreaterThanOrEqual(6);
    }
    expect(ATTACKS.fireball.startup).toBeGreaterThanOrEqual(REACTION_TICKS);
    expect(ATTACKS.throw.range).toBeLessThan(ATTACKS.strike.range * 0.75);
    expect(ATTACKS.throw.range).toBeGreaterThan(MOTION.bodyWidth);
  });

  it('lets a strike punish a blocked strike, and allows no combo after a strike that hits', () => {
    expect(advantage('strike', 'block', 58)).toBeLessThanOrEqual(-ATTACKS.strike.startup);
    expect(advantage('strike', null, 58)).toBeLessThan(ATTACKS.strike.startup);
    expect(advantage('strike', null, 58)).toBeGreaterThanOrEqual(-2);
  });

  it('puts the thrower of a point-blank fireball at a disadvantage, hit or blocked', () => {
    expect(advantage('fireball', null, 60)).toBeLessThan(0);
    expect(advantage('fireball', 'block', 60)).toBeLessThan(-ATTACKS.strike.startup);
  });

  it('never lets a fighter be hit three times without being free in between', () => {
    fc.assert(
      fc.property(anyControls(400), (controls) => {
        const hurt = [0, 0];
        play(createDuel({ introTicks: 1, outroTicks: 1 }), controls, (state, events) => {
          for (const event of events)
            if (event.kind === 'hit' || event.kind === 'thrown') hurt[1 - event.attacker]++;
          state.fighters.forEach((fighter, side) => {
            if (canAct(fighter) || fighter.action === 'getup') hurt[side] = 0;
            if (hurt[side] > 2) expect.fail(`tick ${state.tick}`);
          });
        });
      }),
      { numRuns: 25 },
    );
  });

  it('lets a fighter in a corner block the next of repeated strikes in time', () => {
    const state = atDistance(46);
    state.fighters[1].x = 770;
    state.fighters[0].x = 724;
    for (let tick = 0; tick < 600; tick++) {
      const { action } = state.fighters[1];
      const wasHit = state.fighters[1].health < 100 || action === 'hit';
      stepDuel(state, [intentFor('strike', state, 0), wasHit ? press('block') : NO_INTENT]);
    }
    expect(state.fighters[1].health).toBe(100 - ATTACKS.strike.damage);
  });

  it('deals chip damage of a fireball to a blocking fighter, but never takes the last point', () => {
    const state = atDistance(300);
    state.fighters[1].health = 3;
    for (let tick = 0; tick < 700; tick++)
      stepDuel(state, [intentFor('fireball', state, 0), press('block')]);
    expect(state.fighters[1].health).toBe(1);
    expect(state.phase).toBe('fight');
  });
});

describe('at arm’s length', () => {
  const { close } = duelPayoff();

  it.each([
    ['strike', 'throw'],
    ['throw', 'block'],
    ['block', 'strike'],
    ['jump', 'throw'],
    ['strike', 'jump'],
    ['strike', 'retreat'],
    ['retreat', 'throw'],
  ] as const)('%s beats %s', (winner, loser) => {
    expect(close[winner][loser]).toBeGreaterThanOrEqual(8);
    expect(close[loser][winner]).toBe(-close[winner][loser]);
  });

  it('has no choice that is safe against everything', () => {
    for (const [reply, row] of Object.entries(close))
      expect(Math.min(...Object.values(row)), reply).toBeLessThan(0);
  });

  it('is the same at every distance that a throw reaches', () => {
    for (let distance = MOTION.bodyWidth; distance <= ATTACKS.throw.range; distance += 4) {
      expect(exchange('strike', 'throw', distance)).toBeGreaterThan(0);
      expect(exchange('throw', 'block', distance)).toBeGreaterThan(0);
      expect(exchange('block', 'strike', distance)).toBeGreaterThan(0);
      expect(exchange('jump', 'throw', distance)).toBeGreaterThan(0);
    }
  });
});

describe('from afar', () => {
  const { far } = duelPayoff();

  it.each([
    ['jump', 'fireball'],
    ['dash', 'fireball'],
    ['fireball', 'advance'],
    ['fireball', 'block'],
    ['fireball', 'idle'],
    ['idle', 'jump'],
    ['idle', 'dash'],
  ] as const)('%s beats %s', (winner, loser) => {
    expect(far[winner][loser]).toBeGreaterThan(0);
    expect(far[loser][winner]).toBe(-far[winner][loser]);
  });

  it('lets a fireball hit a fighter who walks away or stands', () => {
    for (const action of ['retreat', 'idle'] as const) {
      const state = atDistance(200);
      for (let tick = 0; tick < 120; tick++) {
        const once = tick === 0 ? press('fireball') : NO_INTENT;
        stepDuel(state, [once, intentFor(action, state, 1)]);
      }
      expect(state.fighters[1].health, action).toBe(100 - ATTACKS.fireball.damage);
    }
  });

  it('leaves time to dash through a fireball after seeing it', () => {
    const state = atDistance(250);
    for (let tick = 0; tick < 90; tick++) {
      const [{ action, since }] = state.fighters;
      const seen = action === 'fireball' && since === REACTION_TICKS + 16;
      stepDuel(state, [
        tick === 0 ? press('fireball') : NO_INTENT,
        seen ? press('dash') : NO_INTENT,
      ]);
    }
    expect(state.fighters[1].health).toBe(100);
  });
});

describe('two attacks in one tick', () => {
  const both = (left: DuelChoice, right: DuelChoice): [DuelState, string[]] => {
    const state = atDistance(58);
    const kinds: string[] = [];
    for (let tick = 0; tick < 30; tick++) {
      const intents = [intentFor(left, state, 0), intentFor(right, state, 1)] as const;
      const events = stepDuel(state, tick === 0 ? intents : [NO_INTENT, NO_INTENT]);
      kinds.push(...events.map(({ kind }) => kind));
    }
    return [state, kinds];
  };
  const outcomes = (state: DuelState): Outcome[] => state.fighters.map(({ outcome }) => outcome);

  it('trade when both strike', () => {
    const [state, kinds] = both('strike', 'strike');
    expect(kinds).toEqual(['hit', 'hit']);
    expect(outcomes(state)).toEqual(['traded', 'traded']);
    expect(state.fighters.map(({ health }) => health)).toEqual([90, 90]);
  });

  it('cancel when both throw', () => {
    const [state, kinds] = both('throw', 'throw');
    expect(kinds).toEqual(['throw-break']);
    expect(outcomes(state)).toEqual(['throw-break', 'throw-break']);
    expect(state.fighters.map(({ health }) => health)).toEqual([100, 100]);
  });

  it('end a round in a draw when both are knocked out', () => {
    const state = atDistance(58);
    for (const fighter of state.fighters) fighter.health = 5;
    const ends: unknown[] = [];
    for (let tick = 0; tick < 40; tick++)
      for (const event of stepDuel(state, [press('strike'), press('strike')]))
        if (event.kind === 'round-end') ends.push(event.winner);
    expect(ends).toEqual([null]);
    expect(state.wins).toEqual([0, 0]);
    expect(state.round).toBe(2);
  });
});
