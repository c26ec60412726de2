import { DUEL_CHOICES } from '../actions.ts';
import { CLOSE_CHOICES, duelPayoff, FAR_CHOICES } from '../payoff.ts';
import type { DuelPayoff } from '../payoff.ts';
import { cycler, strikeAfterBlock } from './habitual.ts';
import { airPlan, approach, CLOSE, createStyle, pick } from './style.ts';
import type { Plan, Style } from './style.ts';

const HELD = { block: 22, advance: 14, retreat: 14, idle: 12 } as const;

const planOf = (action: (typeof DUEL_CHOICES)[number]): Plan =>
  action in HELD ? { action, ticks: HELD[action as keyof typeof HELD] } : { action };

/** Answers what it saw a quarter of a second ago, as well as that can be done. */
export const reactive = (seed: number): Style =>
  createStyle(seed, (now, random) => {
    if (now.airborne) return airPlan(now);
    const fireball = now.state.fireballs.some((ball) => ball.owner !== now.side);
    if (fireball && now.distance > 120) return { action: random() < 0.5 ? 'jump' : 'dash' };
    const walk = approach(now, random);
    if (walk) return now.seen === 'air-strike' ? { action: 'block', ticks: 16 } : walk;
    if (now.seen === 'strike') return { action: 'strike' };
    if (now.seen === 'block') return { action: 'throw' };
    if (now.seen === 'throw') return { action: 'strike' };
    return pick(random, [
      [3, { action: 'block', ticks: 18 }],
      [1, { action: 'strike' }],
    ]);
  });

/** Changes its habit every 25 choices. */
export const switching = (seed: number): Style => {
  const habits = [strikeAfterBlock(seed), cycler(seed + 1)];
  return (state, side) => {
    // Both watch all the time, so that neither comes in blind.
    const intents = habits.map((habit) => habit(state, side));
    return intents[Math.floor(state.fighters[side].actionId / 80) % habits.length];
  };
};

/** Any choice, evenly, whatever happens. */
export const random = (seed: number): Style =>
  createStyle(seed, (now, draw) => {
    if (now.airborne) return airPlan(now);
    const choices = now.distance > CLOSE ? FAR_CHOICES : CLOSE_CHOICES;
    return planOf(choices[Math.floor(draw() * choices.length)]);
  });

/** Weights of a mix that nobody can exploit, by fictitious play (Brown 1951) on a symmetric table. */
function equilibriumMix(payoff: DuelPayoff): readonly (readonly [number, string])[] {
  const names = Object.keys(payoff);
  const counts = names.map(() => 0);
  const gains = names.map(() => 0);
  for (let turn = 0; turn < 4000; turn++) {
    const best = gains.indexOf(Math.max(...gains));
    counts[best]++;
    names.forEach((name, i) => (gains[i] += payoff[name][names[best]]));
  }
  return names.map((name, i) => [counts[i], name] as const);
}

/** Plays the mixed equilibrium of the payoff table at arm's length, and that from afar beyond. */
export const equilibrium = (seed: number): Style => {
  const { close, far } = duelPayoff();
  const plans = (payoff: DuelPayoff) =>
    equilibriumMix(payoff).map(
      ([weight, name]) => [weight, planOf(name as (typeof DUEL_CHOICES)[number])] as const,
    );
  const near = plans(close);
  const away = plans(far);
  return createStyle(seed, (now, draw) => {
    if (now.airborne) return airPlan(now);
    if (now.distance <= CLOSE) return pick(draw, near);
    return draw() < 0.5 ? pick(draw, away) : { action: 'advance', ticks: 12 };
  });
};
