import type { Episode } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';

export const DUELIST: CharacterSpec = defineSpec({
  name: 'duelist',
  observation: [number('distance', { min: 0, max: 100 })],
  action: ['idle', 'strike', 'block', 'throw'],
});

/** Strike is followed by block and throw alternately, so that the last action alone does not determine the next. */
const HABIT = [0, 1, 2, 1, 3];

/** Episodes of a player who only follows the habit, each starting somewhere in it. */
export function habitualPlay({ sessions = 4, length = 60, seed = 1 } = {}): Episode[] {
  const rng = createRng(seed);
  return Array.from({ length: sessions }, (_, session) => {
    const from = rng.int(HABIT.length);
    let tick = 0;
    return makeEpisode(
      Array.from({ length }, (_row, i) => {
        const action = HABIT[(from + i) % HABIT.length];
        tick += 5 + 5 * action;
        return [tick, action, rng.next() * 100];
      }),
      { id: `e${session}`, session: `s${session}` },
    );
  });
}
