import { describe, expect, it } from 'vitest';
import { chooseContexts } from '../../src/experts/choose-contexts.ts';
import { listSources } from '../../src/experts/list-sources.ts';
import { contextName, sourceName } from '../../src/experts/symbol-source.ts';
import type { Episode } from '../../src/record/episode.ts';
import { boolean, category, defineSpec, id, number } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';

const SPEC = defineSpec({
  name: 'fencer',
  observation: [
    number('distance'),
    number('noise'),
    boolean('low'),
    category('mood', ['calm', 'wild']),
    category('club', ['red', 'blue']),
    id('stage'),
  ],
  action: ['wait', 'lunge', 'parry'],
});

/** The fencer lunges when near, waits when far, and parries when low; the other fields mean nothing. */
function fencing(seed: number, length = 400): Episode {
  const rng = createRng(seed);
  const columns = SPEC.observation.fields.map(() => new Float32Array(length));
  const actions = new Uint16Array(length);
  const ticks = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const row = [rng.next() * 10, rng.normal(), rng.int(2), rng.int(2), seed % 2, seed];
    row.forEach((value, field) => (columns[field][i] = value));
    if (i) {
      ticks[i] = ticks[i - 1] + 1 + rng.int(20);
      const [distance, , low] = columns.map((column) => column[i - 1]);
      actions[i] = low ? 2 : distance < 4 ? 1 : 0;
    }
  }
  return {
    id: `e${seed}`,
    session: `s${seed}`,
    character: 'player',
    end: 'truncated',
    endTick: ticks[length - 1],
    learn: true,
    meta: {},
    length,
    ticks,
    actions,
    columns,
  };
}

const EPISODES = [1, 2, 3].map((seed) => fencing(seed));

describe('listSources', () => {
  it('offers numbers on both sides of 0 times the facing direction, where the spec has one', () => {
    const facing = defineSpec({
      ...SPEC,
      observation: [number('distance'), number('offset'), number('facing')],
      action: SPEC.action,
    });
    const rows = Array.from({ length: 60 }, (_, i) => ({
      distance: i,
      offset: ((i * 7) % 60) - 30,
      facing: i % 3 ? 1 : -1,
    }));
    const episode: Episode = {
      ...fencing(1, 60),
      columns: [
        Float32Array.from(rows, ({ distance }) => distance),
        Float32Array.from(rows, ({ offset }) => offset),
        Float32Array.from(rows, (row) => row.facing),
      ],
    };
    const names = listSources(facing, [episode]).map((source) => sourceName(source, facing));
    expect(names.filter((name) => name.includes('×'))).toEqual([
      'offset × facing (3 bins)',
      'offset × facing (6 bins)',
      'offset × facing (12 bins)',
    ]);
  });

  it('offers what changes within episodes, never ids', () => {
    const names = listSources(SPEC, EPISODES).map((source) => sourceName(source, SPEC));
    expect(names[0]).toBe('action');
    expect(names).toContain('action, 4 before');
    expect(names).toContain('duration, 2 before (8 bins)');
    expect(names).toContain('distance (12 bins)');
    expect(names).toContain('low, 1 before');
    expect(names.filter((name) => /club|stage/.test(name))).toEqual([]);
  });

  it('offers bins only once where a number has few values', () => {
    const episodes = EPISODES.map((episode) => ({
      ...episode,
      columns: episode.columns.map((column, field) =>
        field ? column : column.map((value) => Math.sign(value - 5)),
      ),
    }));
    const names = listSources(SPEC, episodes).map((source) => sourceName(source, SPEC));
    expect(names.filter((name) => name.startsWith('distance'))).toHaveLength(1);
  });
});

describe('chooseContexts', () => {
  it('finds what the next action depends on', () => {
    const { sources, contexts } = chooseContexts(SPEC, EPISODES, { contexts: 2 });
    const named = contexts.map((context) => context.map((s) => sourceName(sources[s], SPEC)));
    expect(named[0]).toEqual([
      'action',
      'action, 1 before',
      'action, 2 before',
      'action, 3 before',
    ]);
    expect(named[1].slice(0, 3)).toContain('low');
    expect(named[1].join()).toContain('distance');
    expect(named[1].join()).not.toContain('noise');
  });

  it('is plain JSON, the same for the same episodes, and names no source that it does not use', () => {
    const plan = chooseContexts(SPEC, EPISODES, { contexts: 1 });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(chooseContexts(SPEC, EPISODES, { contexts: 1 })).toEqual(plan);
    expect(new Set(plan.contexts.flat()).size).toBe(plan.sources.length);
  });

  it('chooses no context twice', () => {
    const { contexts, ranked = 0 } = chooseContexts(SPEC, EPISODES, { contexts: 9 });
    const keys = contexts.map((context, k) =>
      JSON.stringify([k >= contexts.length - ranked, [...context].sort((a, b) => a - b)]),
    );
    expect(new Set(keys).size).toBe(10);
  });

  it('keeps places of eight contexts or more for short ones, where ranks help', () => {
    const spec = defineSpec({ name: 'mime', observation: [], action: ['a', 'b', 'c'] });
    const rng = createRng(4);
    const turns = [1, 2, 3].map((seed) => {
      const episode = { ...fencing(seed), columns: [] };
      // Back to the action before the last, mostly: whatever that is.
      for (let i = 2; i < episode.length; i++)
        episode.actions[i] = rng.next() < 0.8 ? episode.actions[i - 2] : rng.int(3);
      return episode;
    });
    const namesOf = (contexts: number): string[] => {
      const plan = chooseContexts(spec, turns, { contexts });
      expect(plan.contexts).toHaveLength(contexts + 1);
      return plan.contexts.map((context) => contextName(context, plan, spec));
    };
    expect(namesOf(9)).toEqual(expect.arrayContaining(['action', 'recency, by recency']));
    expect(namesOf(6)).not.toContain('action');
  });

  it('has contexts even where there is nothing to learn from', () => {
    const { contexts } = chooseContexts(SPEC, [], { contexts: 2 });
    expect(contexts[0]).toHaveLength(4);
  });
});
