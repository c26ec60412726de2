import { CLOSE_CHOICES, duelPayoff, FAR_CHOICES } from '../payoff.ts';
import type { DuelChoice } from '../actions.ts';
import type { DuelPayoff } from '../payoff.ts';
import { planOf } from './plans.ts';
import { pick } from './random.ts';
import { SHARP_REFLEXES } from './reflexes.ts';
import { approach, createStyle } from './style.ts';
import type { Style } from './style.ts';

/** Iterations of fictitious play; the weights are then within about 1 % of the equilibrium. */
const TURNS = 4000;

/** Distance from which the table from afar applies, px. */
const FAR = 130;

/**
 * Weights of a mix that no reply can exploit, by fictitious play (Brown 1951): repeated best replies
 * to all replies so far approach it. The table must be symmetric, as the duel is.
 */
export function equilibriumMix(
  payoff: DuelPayoff,
  choices: readonly DuelChoice[],
): readonly (readonly [number, DuelChoice])[] {
  const counts = choices.map(() => 0);
  const gains = choices.map(() => 0);
  for (let turn = 0; turn < TURNS; turn++) {
    const best = gains.indexOf(Math.max(...gains));
    counts[best]++;
    choices.forEach((name, i) => (gains[i] += payoff[name][choices[best]]));
  }
  return choices.map((name, i) => [counts[i] / TURNS, name] as const);
}

/** Plays the mixed equilibrium of the payoff table at arm's length; from afar, that table's, or walks up. */
export const equilibrium = (seed: number): Style => {
  const { close, far } = duelPayoff();
  const near = equilibriumMix(close, CLOSE_CHOICES);
  const away = equilibriumMix(far, FAR_CHOICES);
  return createStyle(
    seed,
    (now, random) =>
      (now.distance < FAR || random() < 0.5 ? approach(now, random) : planOf(pick(random, away))) ??
      planOf(pick(random, near)),
    { reflexes: SHARP_REFLEXES },
  );
};
