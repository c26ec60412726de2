import { expect, it } from 'vitest';
import { fitExperts, growTrees, noteRows } from '../../src/experts/expert-table.ts';
import { ExpertFollower } from '../../src/experts/expert-follower.ts';
import { fitMixer, mixerSize } from '../../src/experts/expert-mixer.ts';
import { RecencyOrder } from '../../src/experts/recency-order.ts';
import { SymbolHistory } from '../../src/experts/symbol-history.ts';
import { expertCount } from '../../src/experts/symbol-source.ts';
import type { ContextPlan } from '../../src/experts/symbol-source.ts';
import { traceEpisodes } from '../../src/experts/trace-episodes.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { episodeOf, stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { number, defineSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { finish } from '../../src/util/slices.ts';

const SPEC = defineSpec({
  name: 'switcher',
  observation: [number('x')],
  action: ['a', 'b', 'c', 'd', 'e', 'f'],
});
const PLAN: ContextPlan = {
  sources: [
    { kind: 'action', back: 0 },
    { kind: 'recency', back: 0 },
  ],
  contexts: [[0], [1]],
  ranked: 1,
};

/** Each player alternates between two actions, and changes one of them every ten steps or so. */
const switching = (seed: number): Episode => {
  const rng = createRng(seed);
  let pair = [0, 1];
  const steps = Array.from({ length: 120 }, (_, i) => {
    if (rng.next() < 0.1) pair = [pair[1], rng.int(6)];
    pair = [pair[1], pair[0]];
    return { tick: 10 * i, action: pair[0], values: Float32Array.of(0) };
  });
  return { ...episodeOf(steps), id: `e${seed}`, session: `s${seed}`, character: 'p' };
};
const EPISODES = [1, 2, 3].map(switching);

it('ranks actions by how long ago they were last done', () => {
  const order = new RecencyOrder();
  expect(order.rankOf(3)).toBe(3);
  expect(order.push(2)).toBe(2);
  expect([0, 1, 2, 3].map((rank) => order.at(rank))).toEqual([2, 0, 1, 3]);
  expect(order.push(0)).toBe(1);
  expect(order.push(0)).toBe(0);
  expect(order.push(3)).toBe(3);
  expect([0, 1, 2, 3, 4].map((rank) => order.at(rank))).toEqual([3, 0, 2, 1, 4]);
  expect([3, 0, 2, 1, 4].map((action) => order.rankOf(action))).toEqual([0, 1, 2, 3, 4]);
  const copy = new RecencyOrder();
  copy.copyFrom(order);
  expect(copy.push(1)).toBe(3);
  expect(order.rankOf(1)).toBe(3);
  order.reset();
  expect(order.at(0)).toBe(0);
});

it('is read by a source from the second action on', () => {
  const history = new SymbolHistory(PLAN.sources, 1);
  const see = (action: number): number => {
    history.push({ tick: 0, action, values: Float32Array.of(0) });
    return history.symbols[1];
  };
  expect([4, 4, 1, 4, 1, 2].map(see)).toEqual([0, 1, 3, 2, 2, 4]);
});

it('lets an expert foresee a return to any action, and forks see the same', () => {
  const rows = noteRows(PLAN, EPISODES, []);
  expect(rows.ranks).toHaveLength(rows.next.length);
  const sessions = EPISODES.map(({ session, length }) => ({ session, steps: length - 1 }));
  const table = { plan: PLAN, sessions, ...rows, mixer: new Float32Array(0) };
  const population = finish(growTrees(table, { actions: 6, timeBins: 0 }));
  const options = { plan: PLAN, population, fields: 1, actions: 6, timeEdges: [] };
  const follower = new ExpertFollower(options);
  for (const [tick, action] of [5, 3, 5, 3].entries())
    follower.observe({ tick, action, values: Float32Array.of(0) });
  // The second expert of the population counts ranks: 5 is the action before last.
  const votes = Array.from(follower.logs.subarray(6, 12), Math.exp);
  expect(votes.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(votes[5]).toBeGreaterThan(0.7);
  expect(follower.find(1, [5, 3]).counts[0]).toBeGreaterThan(follower.find(1, [5, 3]).counts[1]);
  const fork = follower.fork();
  fork.suppose({ tick: 9, action: 0, values: Float32Array.of(0) });
  expect(Math.exp(fork.logs[6 + 3])).toBeGreaterThan(0.2);
  fork.copyFrom(follower);
  fork.suppose({ tick: 9, action: 5, values: Float32Array.of(0) });
  expect(Math.exp(fork.logs[6 + 3])).toBeGreaterThan(0.7);
});

it('is chosen where it predicts better, traced as in play, and kept by a file', () => {
  const table = fitExperts(SPEC, EPISODES, { contexts: 3, timeEdges: [] });
  expect(table.plan.ranked).toBeGreaterThan(0);
  expect(table.ranks).toHaveLength(table.next.length);
  const [first] = EPISODES;
  const other = { ...first, session: 'new' };
  const votes = traceEpisodes(SPEC, [other], { table, timeEdges: [] }).get(other)!;
  const population = finish(growTrees(table, { actions: 6, timeBins: 0 }));
  const options = { plan: table.plan, population, fields: 1, actions: 6, timeEdges: [] };
  const follower = new ExpertFollower(options);
  for (let i = 0; i < first.length; i++) follower.observe(stepAt(first, i));
  expect(votes.logs.slice(-follower.logs.length)).toEqual(follower.logs);
  expect(follower.seen).toBe(first.length - 1);
  const experts = expertCount(table.plan);
  const mixer = fitMixer(traceEpisodes(SPEC, EPISODES, { table, timeEdges: [] }), {
    experts,
    actions: 6,
  });
  expect(mixer).toHaveLength(mixerSize(experts));
  const set = { spec: SPEC, episodes: EPISODES };
  const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 3 } });
  const read = parseCheckpoint(serializeCheckpoint(checkpoint), 'file');
  expect(read.experts).toEqual(checkpoint.experts);
  expect(read.experts?.plan.ranked).toBeGreaterThan(0);
});
