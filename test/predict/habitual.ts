import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { boolean, defineSpec, number } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import type { Rng } from '../../src/util/rng.ts';

/** Actions of the made-up player: 0 idle, 1 strike, 2 block, 3 throw. */
export const HABITUAL_SPEC: CharacterSpec = defineSpec({
  name: 'habitual',
  observation: [number('distance', { min: 0, max: 10, unit: 'm' }), boolean('hurt')],
  action: ['idle', 'strike', 'block', 'throw'],
});

/**
 * Is idle between two attacks and takes the attacks in turn: the next one depends only on the action
 * before the last one. One action in ten is random.
 */
function nextAction(before: number, last: number, rng: Rng): number {
  if (rng.next() < 0.1) return rng.int(4);
  return last ? 0 : (before % 3) + 1;
}

export interface HabitualOptions {
  readonly sessions: number;
  /** Steps of each episode; two episodes a session. */
  readonly length: number;
  readonly seed: number;
  readonly spec?: CharacterSpec;
}

/** Recordings of a player with habits: the same options give the same recordings. */
export function habitualEpisodes(options: HabitualOptions): EpisodeSet {
  const { sessions, length, seed, spec = HABITUAL_SPEC } = options;
  const rng = createRng(seed);
  const episodes = Array.from({ length: 2 * sessions }, (_, index): Episode => {
    const actions = new Uint16Array(length);
    const ticks = new Int32Array(length);
    const columns = spec.observation.fields.map(() => new Float32Array(length));
    for (let i = 0; i < length; i++) {
      actions[i] = nextAction(actions[i - 2] ?? 0, actions[i - 1] ?? 0, rng);
      ticks[i] = i ? ticks[i - 1] + 4 + rng.int(20) : -10;
      spec.observation.fields.forEach(({ kind }, field) => {
        columns[field][i] = kind === 'boolean' ? rng.int(2) : Math.round(rng.next() * 100) / 10;
      });
    }
    const session = `seed${seed}-session${index >> 1}`;
    return {
      id: `${session}-${index % 2}`,
      session,
      character: index % 2 ? 'right' : 'left',
      end: 'terminated',
      endTick: ticks[length - 1] + 5,
      learn: true,
      meta: {},
      length,
      ticks,
      actions,
      columns,
    };
  });
  return { spec, episodes };
}
