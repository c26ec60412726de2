import type { Episode, EpisodeSet } from '../../../src/record/episode.ts';
import { boolean, category, defineSpec, number } from '../../../src/record/spec.ts';
import { createRng } from '../../../src/util/rng.ts';
import type { Rng } from '../../../src/util/rng.ts';

const ACTIONS = 20;
/** Steps of an episode; two players meet in each session. */
const LENGTH = 500;

const SPEC = defineSpec({
  name: 'invented',
  observation: [
    number('distance'),
    number('height'),
    number('speed'),
    number('health'),
    boolean('hurt'),
    category('stance', ['stand', 'crouch', 'jump', 'fall']),
  ],
  action: Array.from({ length: ACTIONS }, (_, action) => `action ${action}`),
});

/** Invented players: each answers its last action and the distance by habits of its own. */
export function inventPlayers(steps: number, seed = 1): EpisodeSet {
  const rng = createRng(seed);
  const episodes = Array.from({ length: Math.ceil(steps / LENGTH) }, (_, index) =>
    inventEpisode(index, rng),
  );
  return { spec: SPEC, episodes };
}

function inventEpisode(index: number, rng: Rng): Episode {
  const habits = Uint16Array.from({ length: ACTIONS * 3 }, () => rng.int(ACTIONS));
  const ticks = new Int32Array(LENGTH);
  const actions = new Uint16Array(LENGTH);
  const columns = SPEC.observation.fields.map(() => new Float32Array(LENGTH));
  for (let i = 0; i < LENGTH; i++) {
    const distance = rng.next() * 9;
    [distance, rng.next(), rng.normal(), 100 - i / 5, rng.int(2), rng.int(4)].forEach(
      (value, field) => (columns[field][i] = value),
    );
    if (!i) continue;
    ticks[i] = ticks[i - 1] + 2 + rng.int(30);
    const near = Math.floor(columns[0][i - 1] / 3);
    actions[i] = rng.next() < 0.2 ? rng.int(ACTIONS) : habits[3 * actions[i - 1] + near];
  }
  return {
    id: `episode ${index}`,
    session: `session ${index >> 1}`,
    character: index % 2 ? 'right' : 'left',
    end: 'terminated',
    endTick: ticks[LENGTH - 1],
    learn: true,
    meta: {},
    length: LENGTH,
    ticks,
    actions,
    columns,
  };
}
