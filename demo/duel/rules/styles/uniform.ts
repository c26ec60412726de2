import { CLOSE_CHOICES, FAR_CHOICES } from '../payoff.ts';
import { planOf } from './plans.ts';
import { CLOSE, createStyle } from './style.ts';
import type { Style } from './style.ts';

/** Chooses evenly among the useful actions at this distance, whatever happens. */
export const uniform = (seed: number): Style =>
  createStyle(seed, ({ distance }, random) => {
    const choices = distance > CLOSE ? FAR_CHOICES : CLOSE_CHOICES;
    return planOf(choices[Math.floor(random() * choices.length)]);
  });
