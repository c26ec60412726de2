import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/record/episode.ts';
import { category, defineSpec, number } from '../../src/record/spec.ts';
import { describeCategory, MOST_PAIRS } from '../../src/train/trained-category.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';

const VALUES = ['a', 'b', 'c'];
const SPEC = defineSpec({
  name: 'test',
  observation: [number('x'), category('noise', VALUES), category('cue', VALUES)],
  action: VALUES,
});

/** The action is the cue of the step before. */
function episode(length: number, seed = 1): Episode {
  const rng = createRng(seed);
  let cue = 0;
  return makeEpisode(
    Array.from({ length }, (_, tick) => {
      const action = cue;
      cue = rng.int(3);
      return [tick, action, rng.next(), rng.int(3), cue];
    }),
  );
}

describe('describeCategory', () => {
  it('keeps the category that predicts best, with the action, at each step', () => {
    const one = episode(200);
    const { context, pairs } = describeCategory({ spec: SPEC, episodes: [one] })!;
    expect(context).toMatchObject({ field: 'cue', steps: 1 });
    expect(pairs).toEqual([Uint16Array.from(one.actions, (a, i) => a + 3 * one.columns[2][i])]);
  });

  it('counts a missing value as one of its own', () => {
    const one = episode(200);
    one.columns[2][7] = NaN;
    const { pairs } = describeCategory({ spec: SPEC, episodes: [one] })!;
    expect(pairs[0][7]).toBe(one.actions[7] + 3 * 3);
  });

  it('keeps the category and the data of before, and only the newest steps', () => {
    const before = describeCategory({ spec: SPEC, episodes: [episode(200)] })!;
    const swapped = episode(300, 2);
    const { context, pairs } = describeCategory({ spec: SPEC, episodes: [swapped], before })!;
    expect(context).toBe(before.context);
    expect(pairs.map(({ length }) => length)).toEqual([200, 300]);
    const long = describeCategory({ spec: SPEC, episodes: [episode(MOST_PAIRS - 50)], before })!;
    expect(long.pairs.map(({ length }) => length)).toEqual([50, MOST_PAIRS - 50]);
    expect(long.pairs[0]).toEqual(before.pairs[0].slice(-50));
  });

  it('is not there without categories, without steps, and with too many pairs', () => {
    const plain = defineSpec({ name: 'plain', observation: [number('x')], action: VALUES });
    const one = makeEpisode([
      [0, 1, 5],
      [1, 0, 5],
    ]);
    expect(describeCategory({ spec: plain, episodes: [one] })).toBeUndefined();
    expect(describeCategory({ spec: SPEC, episodes: [] })).toBeUndefined();
    const names = (kind: string) => Array.from({ length: 300 }, (_, i) => `${kind} ${i}`);
    const wide = defineSpec({
      name: 'wide',
      observation: [category('place', names('place'))],
      action: names('action'),
    });
    expect(describeCategory({ spec: wide, episodes: [one] })).toBeUndefined();
  });
});
