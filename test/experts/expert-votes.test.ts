import { describe, expect, it } from 'vitest';
import { MATCHES } from '../../src/dataset/expert-votes.ts';
import { EXPERTS_PER_CONTEXT } from '../../src/experts/expert-kinds.ts';
import { ExpertFollower, sizesOf } from '../../src/experts/expert-follower.ts';
import { ExpertMixer, fitMixer, mixerSize } from '../../src/experts/expert-mixer.ts';
import { fitExperts, growTrees, withoutSessions } from '../../src/experts/expert-table.ts';
import { GrowingTable } from '../../src/experts/growing-table.ts';
import { expertCount } from '../../src/experts/symbol-source.ts';
import { traceEpisodes } from '../../src/experts/trace-episodes.ts';
import { stepAt } from '../../src/record/episode.ts';
import { habitualEpisodes, HABITUAL_SPEC } from '../predict/habitual.ts';
import { finish } from '../../src/util/slices.ts';

const timeEdges = [6, 12];
const { spec, episodes } = habitualEpisodes({ sessions: 4, length: 60, seed: 1 });
const table = fitExperts(spec, episodes, { contexts: 3, timeEdges });
const sizes = sizesOf({ actions: 4, timeEdges });
const fields = spec.observation.fields.length;

const follow = (known = table): ExpertFollower =>
  new ExpertFollower({
    plan: known.plan,
    population: finish(growTrees(known, sizes)),
    fields,
    actions: 4,
    timeEdges,
  });

describe('the table of the experts', () => {
  it('has a row for every step with a successor, by session', () => {
    const steps = episodes.reduce((sum, { length }) => sum + length - 1, 0);
    expect(table.next).toHaveLength(steps);
    expect(table.times).toHaveLength(steps);
    expect(table.symbols).toHaveLength(steps * table.plan.sources.length);
    expect(table.sessions.reduce((sum, { steps: some }) => sum + some, 0)).toBe(steps);
    expect(table.plan.contexts).toHaveLength(3);
  });

  it('leaves sessions out as if they had never been there', () => {
    const [first] = episodes;
    const rest = episodes.filter(({ session }) => session !== first.session);
    const left = withoutSessions(table, new Set([first.session]));
    const fitted = new GrowingTable(
      withoutSessions(table, new Set(episodes.map((e) => e.session))),
      { timeEdges },
    );
    for (const episode of rest) {
      fitted.reset();
      for (let i = 0; i < episode.length; i++) fitted.push(stepAt(episode, i));
    }
    expect(fitted.endSession('rest')).toBe(true);
    expect(fitted.endSession('rest')).toBe(false);
    expect(fitted.table.symbols).toEqual(left.symbols);
    expect(fitted.table.next).toEqual(left.next);
    expect(fitted.table.ranks).toEqual(left.ranks);
    expect(fitted.table.times).toEqual(left.times);
  });
});

describe('experts that follow a character', () => {
  it('vote with distributions, and know nothing about a player at first', () => {
    const follower = follow();
    follower.observe(stepAt(episodes[0], 0));
    const experts = expertCount(table.plan);
    expect(follower.logs).toHaveLength(experts * 4);
    expect(follower.timeLogs).toHaveLength(experts * 3);
    for (const [logs, size] of [
      [follower.logs, 4],
      [follower.timeLogs, 3],
    ] as const)
      for (let k = 0; k < experts; k++) {
        const sum = logs.slice(k * size, (k + 1) * size).reduce((a, log) => a + Math.exp(log), 0);
        expect(sum).toBeCloseTo(1, 5);
      }
    // Those of the player: no context found, no count, all actions alike.
    const contexts = experts / EXPERTS_PER_CONTEXT;
    const own = follower.matches.slice(MATCHES * contexts);
    expect(own).toEqual(new Float32Array(2 * MATCHES * contexts));
    for (let k = contexts; k < experts; k++)
      expect(Math.exp(follower.logs[k * 4])).toBeCloseTo(0.25, 5);
  });

  it('know how well each of them did recently', () => {
    const follower = follow();
    for (let i = 0; i < 60; i++) follower.observe(stepAt(episodes[0], i));
    const gained = Array.from(
      { length: follower.experts },
      (_, k) => follower.matches[MATCHES * k + 2],
    );
    // The made-up player follows its habits nine times in ten: experts that know them do well.
    expect(Math.max(...gained)).toBeGreaterThan(0.1);
    expect(gained.every(Number.isFinite)).toBe(true);
  });

  it('keep what they learned about a player when an episode ends', () => {
    const follower = follow();
    for (let i = 0; i < 60; i++) follower.observe(stepAt(episodes[0], i));
    follower.reset();
    follower.observe(stepAt(episodes[1], 0));
    expect(follower.matches[follower.matches.length - MATCHES + 1]).toBeGreaterThan(0);
  });

  it('never know the session they are traced in', () => {
    const votes = traceEpisodes(spec, episodes, { table, timeEdges });
    const [first] = episodes;
    const follower = follow(withoutSessions(table, new Set([first.session])));
    for (let i = 0; i < first.length; i++) follower.observe(stepAt(first, i));
    const width = follower.logs.length;
    expect(votes.get(first)!.logs.slice(-width)).toEqual(follower.logs);
    expect(votes.get(first)!.timeLogs.slice(-follower.timeLogs.length)).toEqual(follower.timeLogs);
  });

  it("continue from one of a player's episodes to the next, each once", () => {
    const [first, second] = episodes.map((episode, i) => ({
      ...episode,
      session: 'new',
      character: 'player',
      id: `new:${i}`,
    }));
    const votes = traceEpisodes(spec, [first, second, first, second], { table, timeEdges });
    const follower = follow();
    for (const episode of [first, second]) {
      follower.reset();
      for (let i = 0; i < episode.length; i++) follower.observe(stepAt(episode, i));
      const width = follower.logs.length;
      expect(votes.get(episode)!.logs.slice(-width)).toEqual(follower.logs);
    }
    const alone = traceEpisodes(spec, [second], { table, timeEdges }).get(second)!;
    expect(votes.get(second)!.logs).not.toEqual(alone.logs);
    const other = { ...second, character: 'other' };
    const apart = traceEpisodes(spec, [first, other], { table, timeEdges }).get(other)!;
    expect(apart.logs).toEqual(alone.logs);
  });

  it('vote the same after the same past, whatever comes later', () => {
    const [first] = episodes;
    const other = {
      ...first,
      actions: first.actions.map((action, i) => (i < 30 ? action : (action + 1) % 4)),
      columns: first.columns.map((column) => column.map((value, i) => (i < 30 ? value : -value))),
    };
    const [a, b] = [first, other].map((one) => {
      const votes = traceEpisodes(spec, [one], { table, timeEdges }).get(one)!;
      return votes.logs.slice(0, 30 * (votes.logs.length / one.length));
    });
    expect(a).toEqual(b);
  });
});

describe('the mixer without a network', () => {
  it('learns which experts to trust', () => {
    const votes = traceEpisodes(spec, episodes, { table, timeEdges });
    const experts = expertCount(table.plan);
    const weights = fitMixer(votes, { experts, actions: 4 });
    expect(weights).toHaveLength(mixerSize(experts));
    const loss = (given?: Float32Array): number => {
      const mixer = new ExpertMixer({ experts, actions: 4, weights: given });
      let sum = 0;
      for (const [episode, { matches, logs }] of votes)
        for (let i = 0; i + 1 < episode.length; i++) {
          const shares = mixer.mix({
            matches: matches.subarray(MATCHES * experts * i, MATCHES * experts * (i + 1)),
            logs: logs.subarray(experts * 4 * i, experts * 4 * (i + 1)),
            seen: i,
          });
          sum -= Math.log(shares[episode.actions[i + 1]]);
        }
      return sum;
    };
    expect(loss(weights)).toBeLessThan(loss());
    expect(() => new ExpertMixer({ experts: 2, actions: 4, weights })).toThrow(RangeError);
  });

  it('knows of no newness with the weights of an older file', () => {
    const matches = Float32Array.of(0.3, 0.7, 0.1);
    const logs = Float32Array.from([0.7, 0.2, 0.1], Math.log);
    const mixed = (size: number, seen: number): number[] => {
      const weights = Float32Array.from({ length: size }, (_, i) => 0.3 * i);
      return [...new ExpertMixer({ experts: 1, actions: 3, weights }).mix({ matches, logs, seen })];
    };
    expect(mixed(4, 0)).toEqual(mixed(4, 500));
    expect(mixed(mixerSize(1), 0)).not.toEqual(mixed(mixerSize(1), 500));
  });

  it('follows the gradient of finite differences', () => {
    const experts = 2;
    const matches = Float32Array.of(0.3, 0.7, 0.1, 0, 0.2, -0.4);
    const logs = Float32Array.from([0.7, 0.2, 0.1, 0.2, 0.2, 0.6], Math.log);
    const loss = (weights: Float32Array): number =>
      -Math.log(
        new ExpertMixer({ experts, actions: 3, weights }).mix({ matches, logs, seen: 5 })[2],
      );
    const start = Float32Array.from({ length: mixerSize(experts) }, (_, i) => 0.2 * i - 0.7);
    const mixer = new ExpertMixer({ experts, actions: 3, weights: start });
    mixer.mix({ matches, logs, seen: 5 });
    mixer.learn({ matches, logs }, 2);
    for (let i = 0; i < start.length; i++) {
      const up = start.slice();
      up[i] += 1e-2;
      const slope = loss(up) - loss(start);
      // Adam's first step has the rate's size, against the slope.
      if (Math.abs(slope) > 1e-5)
        expect(Math.sign(mixer.weights[i] - start[i])).toBe(-Math.sign(slope));
    }
  });
});

it('the habitual spec has the actions the tests count on', () => {
  expect(HABITUAL_SPEC.action.actions).toHaveLength(4);
});

describe('a fork of a follower', () => {
  it('votes as its origin would after the same steps, but teaches nothing', () => {
    const [origin, plain] = [follow(), follow()];
    for (let i = 0; i < 30; i++) {
      origin.observe(stepAt(episodes[0], i));
      plain.observe(stepAt(episodes[0], i));
    }
    const fork = origin.fork();
    const second = origin.fork(fork);
    expect(second.logs).toBe(fork.logs);
    for (let i = 30; i < 50; i++) fork.suppose(stepAt(episodes[1], i));
    second.copyFrom(fork);
    second.copyFrom(origin);
    const step = stepAt(episodes[0], 30);
    const fresh = origin.fork();
    fresh.suppose(step);
    second.suppose(step);
    expect(second.logs).toEqual(fresh.logs);
    for (let i = 30; i < 50; i++) {
      origin.observe(stepAt(episodes[0], i));
      plain.observe(stepAt(episodes[0], i));
      expect(origin.logs).toEqual(plain.logs);
      expect(origin.timeLogs).toEqual(plain.timeLogs);
      expect(origin.matches).toEqual(plain.matches);
    }
  });
});
