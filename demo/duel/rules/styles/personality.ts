import { inventFooting, inventHabit } from './habit.ts';
import { inventMood } from './mood.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { REFLEX_DEFAULTS } from './reflexes.ts';
import type { Reflexes } from './reflexes.ts';
import { createStyle } from './style.ts';
import type { Style } from './style.ts';

/** Answers to fireballs and jumps with other weights. */
function inventReflexes(draw: Random): Reflexes {
  const vary = <T>(answers: readonly (readonly [number, T])[]) =>
    answers.map(([weight, answer]) => [weight * 2 * draw() ** 1.5, answer] as const);
  return {
    fireball: vary(REFLEX_DEFAULTS.fireball),
    jump: vary(REFLEX_DEFAULTS.jump),
    punish: draw(),
  };
}

/**
 * A player whose habits, moods, reflexes and reaction times are drawn from the seed. Every seed is
 * another person. Models are pretrained on many of them, so that they learn to adapt to a new one.
 */
export function personality(seed: number): Style {
  const draw = createRandom(seed * 31 + 7);
  const habits = [inventHabit(draw), inventHabit(draw)];
  const footing = inventFooting(draw);
  const mood = inventMood(draw);
  return createStyle(
    seed,
    (now, random) => footing(now, random) ?? habits[mood(now, random)](now, random),
    {
      reflexes: inventReflexes(draw),
      reactionTicks: 10 + Math.floor(draw() * 12),
      hesitation: Math.floor(1 + draw() * 7),
    },
  );
}
