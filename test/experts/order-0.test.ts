import { expect, it } from 'vitest';
import { ExpertFollower } from '../../src/experts/expert-follower.ts';
import { growTrees } from '../../src/experts/expert-table.ts';
import { contextName } from '../../src/experts/symbol-source.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { finish } from '../../src/util/slices.ts';

const PLAN = { sources: [], contexts: [[]] };

it('a context without sources counts how often each action comes', () => {
  const table = {
    plan: PLAN,
    sessions: [{ session: 's', steps: 3 }],
    symbols: new Uint16Array(0),
    next: Uint16Array.of(1, 1, 0),
    ranks: new Uint16Array(0),
    times: new Uint8Array(3),
    mixer: new Float32Array(0),
  };
  const population = finish(growTrees(table, { actions: 2, timeBins: 0 }));
  const options = { plan: PLAN, population, fields: 1, actions: 2, timeEdges: [] };
  const follower = new ExpertFollower(options);
  follower.observe({ tick: 0, action: 0, values: Float32Array.of(0) });
  expect(follower.logs[1]).toBeGreaterThan(follower.logs[0]);
  expect(follower.find(0, [0, 1])).toMatchObject({ complete: true, total: 3, counts: [1, 2] });
  expect(follower.logs.every(Number.isFinite)).toBe(true);
});

it('has a name', () => {
  const spec = defineSpec({ name: 'x', observation: [number('x')], action: ['a', 'b'] });
  expect(contextName([], PLAN, spec)).toBe('in general');
});
