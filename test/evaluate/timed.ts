import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { boolean, defineSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';

export const TIMED_SPEC = defineSpec({
  name: 'timed',
  observation: [boolean('near')],
  action: { actions: ['idle', 'strike', 'hit'], choices: ['strike'] },
});

/**
 * A player who acts 5 to 8 ticks after a step where the enemy is near, and 30 to 45 ticks after any
 * other. The actions repeat in a fixed order, so they tell nothing about the time.
 */
export function timedEpisodes(sessions: number, length: number, seed: number): EpisodeSet {
  const rng = createRng(seed);
  const episodes = Array.from({ length: sessions }, (_session, index): Episode => {
    const near = Float32Array.from({ length }, () => rng.int(2));
    const ticks = new Int32Array(length);
    for (let i = 1; i < length; i++)
      ticks[i] = ticks[i - 1] + (near[i - 1] ? 5 + rng.int(4) : 30 + rng.int(16));
    return {
      id: `timed-${seed}-${index}`,
      session: `timed-${seed}-${index}`,
      character: 'player',
      end: 'terminated',
      endTick: ticks[length - 1],
      learn: true,
      meta: {},
      length,
      ticks,
      actions: Uint16Array.from({ length }, (_, i) => i % 3),
      columns: [near],
    };
  });
  return { spec: TIMED_SPEC, episodes };
}
