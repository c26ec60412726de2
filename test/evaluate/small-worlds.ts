import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { category, defineSpec, number } from '../../src/record/spec.ts';
import { indexAt } from '../../src/util/math.ts';
import { createRng } from '../../src/util/rng.ts';
import type { Rng } from '../../src/util/rng.ts';

/** What happens at one step of a small world. */
interface WorldStep {
  readonly action: number;
  /** What the opponent or the game did, below the number of actions. */
  readonly seen?: number;
  readonly x?: number;
  /** Ticks since the step before; 1 unless given. */
  readonly ticks?: number;
}

/** Made for each recording: returns the steps one by one, given those before. */
type World = (rng: Rng, actions: number) => (past: readonly WorldStep[]) => WorldStep;

const distribution = (rng: Rng, actions: number): Float64Array => {
  const weights = Float64Array.from({ length: actions }, () => (0.05 + rng.next()) ** 4);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
};

const last = (past: readonly WorldStep[], back = 1): WorldStep =>
  past[past.length - back] ?? { action: 0, seen: 0 };

const noise: World = (rng, actions) => () => ({ action: rng.int(actions) });

const markov =
  (order: number): World =>
  (rng, actions) => {
    const table = new Map<number, Float64Array>();
    return (past) => {
      let key = 0;
      for (let back = 1; back <= order; back++) key = key * actions + last(past, back).action;
      let row = table.get(key);
      if (!row) table.set(key, (row = distribution(rng, actions)));
      return { action: indexAt(row, rng.next()) };
    };
  };

const cycle =
  (length: number): World =>
  (rng, actions) => {
    const phrase = Array.from({ length }, () => rng.int(actions));
    return ({ length: at }) => ({ action: phrase[at % length] });
  };

const switching: World = (rng, actions) => {
  let habit = markov(1)(rng, actions);
  return (past) => {
    if (past.length % 120 === 119) habit = (rng.next() < 0.5 ? markov(2) : cycle(5))(rng, actions);
    return habit(past);
  };
};

/** A pushed pendulum; the action is the quarter of its range it is in. */
const linear: World = (rng, actions) => {
  let [place, speed] = [1, 0];
  return () => {
    speed += -0.1 * place - 0.01 * speed + 0.05 * rng.normal();
    place += speed;
    const action = Math.min(Math.max(Math.floor(((place + 2) / 4) * actions), 0), actions - 1);
    return { action, x: place };
  };
};

const heavyTails: World = (rng, actions) => {
  const weights = Float64Array.from({ length: actions }, (_, i) => 1 / (i + 1) ** 2);
  const sum = weights.reduce((a, b) => a + b);
  const zipf = weights.map((weight) => weight / sum);
  return () => ({
    action: indexAt(zipf, rng.next()),
    x: Math.tan(Math.PI * (rng.next() - 0.5)),
    ticks: Math.min(Math.ceil(1 / (1 - rng.next())), 1e5),
  });
};

const mirror: World = (rng, actions) => {
  const opponent = markov(1)(rng, actions);
  const other: WorldStep[] = [];
  return (past) => {
    other.push(opponent(other));
    return { action: last(past).seen ?? 0, seen: other[other.length - 1].action };
  };
};

/** Plays rock-paper-scissors against a biased opponent by multiplicative weights. */
const payoffLearner: World = (rng, actions) => {
  const bias = distribution(rng, actions);
  const gains = new Float64Array(actions);
  return () => {
    const most = Math.max(...gains);
    const weights = gains.map((gain) => Math.exp(0.1 * (gain - most)));
    const sum = weights.reduce((a, b) => a + b);
    const shares = weights.map((weight) => weight / sum);
    const action = indexAt(shares, rng.next());
    const seen = indexAt(bias, rng.next());
    for (let a = 0; a < actions; a++) {
      const lead = (a - seen + actions) % actions;
      gains[a] += lead === 1 ? 1 : lead === actions - 1 ? -1 : 0;
    }
    return { action, seen };
  };
};

/** Wins, stays; loses, shifts, mostly. What wins is `seen`: 1 after a win. */
const twoChoice: World = (rng) => {
  const chances = [0.7, 0.3];
  return (past) => {
    const { action: before, seen } = last(past);
    const follows = rng.next() < 0.85;
    const action = (seen === 1) === follows ? before : 1 - before;
    if (past.length % 150 === 149) chances.reverse();
    return { action, seen: rng.next() < chances[action] ? 1 : 0 };
  };
};

const WORLDS: Readonly<Record<string, { readonly world: World; readonly actions: number }>> = {
  noise: { world: noise, actions: 4 },
  constant: { world: () => () => ({ action: 2 }), actions: 4 },
  'Markov of order 1': { world: markov(1), actions: 4 },
  'Markov of order 2': { world: markov(2), actions: 4 },
  'Markov of order 3': { world: markov(3), actions: 3 },
  'Markov of order 4': { world: markov(4), actions: 3 },
  periodic: { world: cycle(7), actions: 4 },
  'switching habits': { world: switching, actions: 4 },
  'linear system': { world: linear, actions: 4 },
  'exact repeats': { world: cycle(60), actions: 6 },
  'heavy tails': { world: heavyTails, actions: 8 },
  "opponent's mirror": { world: mirror, actions: 4 },
  'payoff learner': { world: payoffLearner, actions: 3 },
  'two choices': { world: twoChoice, actions: 2 },
  '60 actions': { world: markov(1), actions: 60 },
};

export const SMALL_WORLDS = Object.keys(WORLDS);

export interface WorldOptions {
  readonly sessions: number;
  readonly length: number;
  /** Recordings of other seeds are of other players: their habits differ. */
  readonly seed: number;
}

/** Recordings of a small world, one episode a session. All are by one player. */
export function worldEpisodes(name: string, { sessions, length, seed }: WorldOptions): EpisodeSet {
  const { world, actions } = WORLDS[name];
  const names = Array.from({ length: actions }, (_, i) => `a${i}`);
  const spec = defineSpec({
    name,
    observation: [number('x'), category('seen', names)],
    action: names,
  });
  const rng = createRng(seed);
  const next = world(rng, actions);
  const episodes = Array.from({ length: sessions }, (_, session): Episode => {
    const steps: WorldStep[] = [];
    for (let i = 0; i < length; i++) steps.push(next(steps));
    let tick = 0;
    const ticks = Int32Array.from(steps, (step) => (tick += step.ticks ?? 1));
    return {
      id: `${session}`,
      session: `${session}`,
      character: 'player',
      end: 'terminated',
      endTick: tick,
      learn: true,
      meta: {},
      length,
      ticks,
      actions: Uint16Array.from(steps, ({ action }) => action),
      columns: [
        Float32Array.from(steps, ({ x }) => x ?? 0),
        Float32Array.from(steps, ({ seen }) => seen ?? 0),
      ],
    };
  });
  return { spec, episodes };
}
