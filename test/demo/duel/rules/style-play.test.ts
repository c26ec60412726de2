import { describe, expect, it } from 'vitest';
import {
  canAct,
  CLOSE_CHOICES,
  createDuel,
  duelPayoff,
  FAR_CHOICES,
  NO_INTENT,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelAction } from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { equilibriumMix } from '../../../../demo/duel/rules/styles/equilibrium.ts';
import { personality } from '../../../../demo/duel/rules/styles/personality.ts';
import type { StyleEntry } from '../../../../demo/duel/rules/styles/index.ts';

const MINUTE = 3600;
const ALL: readonly StyleEntry[] = [
  ...STYLES,
  { name: 'personality', habitual: true, create: personality },
];

interface Minute {
  /** How often each action began. */
  readonly begun: Readonly<Partial<Record<DuelAction, number>>>;
  /** Longest time in a fight in which no action began, ticks. */
  readonly longestPause: number;
}

/** Plays a minute of `entry` against the equilibrium. */
function playMinute(entry: StyleEntry, seed: number): Minute {
  const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: 99 });
  const opponent = STYLES.find(({ name }) => name === 'equilibrium');
  const left = entry.create(seed);
  const right = opponent ? opponent.create(seed + 1000) : () => NO_INTENT;
  const begun: Partial<Record<DuelAction, number>> = {};
  let id = -1;
  let pause = 0;
  let longestPause = 0;
  for (let tick = 0; tick < MINUTE; tick++) {
    stepDuel(state, [left(state, 0), right(state, 1)]);
    const { action, actionId } = state.fighters[0];
    pause = actionId === id ? pause + 1 : 0;
    longestPause = Math.max(longestPause, pause);
    if (actionId !== id) begun[action] = (begun[action] ?? 0) + 1;
    id = actionId;
  }
  return { begun, longestPause };
}

describe.each(ALL.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
  it('acts for a minute without stalling: attacks and defends, not only walks', () => {
    for (const seed of [1, 2, 3]) {
      const { begun, longestPause } = playMinute(entry, seed);
      const { idle = 0, advance = 0, retreat = 0, ...decided } = begun;
      const attacks = (begun.strike ?? 0) + (begun.throw ?? 0) + (begun.fireball ?? 0);
      const sum = Object.values(decided).reduce((total, count) => total + count, 0);
      expect(sum).toBeGreaterThanOrEqual(20);
      expect(attacks).toBeGreaterThanOrEqual(5);
      expect(idle + advance + retreat).toBeGreaterThan(0);
      expect(longestPause).toBeLessThan(150);
    }
  });
});

describe('habits', () => {
  const share = (name: string, action: DuelAction): number => {
    const entry = STYLES.find((style) => style.name === name);
    if (!entry) throw new Error(`no style ${name}`);
    let of = 0;
    let all = 0;
    for (const seed of [1, 2, 3]) {
      const { begun } = playMinute(entry, seed);
      const { idle = 0, advance = 0, retreat = 0 } = begun;
      of += begun[action] ?? 0;
      all += Object.values(begun).reduce((total, count) => total + count, 0);
      all -= idle + advance + retreat;
    }
    return of / all;
  };

  it.each([
    ['zoner', 'fireball'],
    ['jumper', 'jump'],
    ['strike-after-block', 'block'],
  ] as const)('%s is known by its %s', (name, action) => {
    const mine = share(name, action);
    expect(mine).toBeGreaterThan(0.12);
    for (const other of ['hot-head', 'reactive'])
      expect(mine).toBeGreaterThan(share(other, action));
  });
});

describe('the equilibrium', () => {
  const { close, far } = duelPayoff();

  it.each([
    ['close', close, CLOSE_CHOICES],
    ['far', far, FAR_CHOICES],
  ] as const)('%s gives no reply more than a quarter of a health point', (_, payoff, choices) => {
    const mix = equilibriumMix(payoff, choices);
    expect(mix.reduce((sum, [weight]) => sum + weight, 0)).toBeCloseTo(1);
    for (const reply of choices) {
      const gain = mix.reduce((sum, [weight, action]) => sum + weight * payoff[reply][action], 0);
      expect(gain, reply).toBeLessThan(0.25);
    }
  });

  it('mixes at least four replies at arm’s length', () => {
    const mix = equilibriumMix(close, CLOSE_CHOICES);
    expect(mix.filter(([weight]) => weight > 0.04).length).toBeGreaterThanOrEqual(4);
  });
});

it('no style always loses to another', () => {
  for (const left of STYLES)
    for (const right of STYLES) {
      const wins = [0, 0];
      for (let seed = 1; seed <= 24 && !(wins[0] && wins[1]); seed++) {
        const state = createDuel({ introTicks: 1, outroTicks: 1, roundsToWin: 1 });
        const [a, b] = [left.create(seed), right.create(seed + 500)];
        while (state.phase !== 'over' && state.round < 5)
          stepDuel(state, [a(state, 0), b(state, 1)]);
        state.wins.forEach((won, side) => (wins[side] += won));
      }
      expect(Math.min(...wins), `${left.name} ${right.name}`).toBeGreaterThan(0);
    }
});

it('every style stands still outside a fight', () => {
  const state = createDuel({ introTicks: 60 });
  for (const { create } of ALL) expect(create(1)(state, 0)).toEqual(NO_INTENT);
  expect(canAct(state.fighters[0])).toBe(true);
});
