import { describe, expect, it } from 'vitest';
import { facingColumn, facingFields } from '../../src/dataset/facing-fields.ts';
import { boolean, defineSpec, number } from '../../src/record/spec.ts';
import { makeEpisode } from './make-episodes.ts';

const spec = defineSpec({
  name: 'fighter',
  observation: [number('x'), number('damage'), boolean('low'), number('facing')],
  action: ['wait', 'strike'],
});

/** An episode of [x, damage, low, facing] at every step. */
const episode = (...rows: readonly (readonly number[])[]) =>
  makeEpisode(rows.map((values, i) => [i, 0, ...values]));

describe('facingFields', () => {
  it('are the fields on both sides of 0, paired with the field that is -1 or 1', () => {
    const play = [episode([5, 10, 0, 1], [-7, 20, 1, -1])];
    expect(facingFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it('are found over all episodes together', () => {
    const play = [episode([5, 10, 0, 1]), episode([-7, 20, 1, -1])];
    expect(facingFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it('are found where some values are missing', () => {
    const play = [episode([5, NaN, 0, 1], [-7, 20, NaN, NaN], [NaN, 20, 1, -1])];
    expect(facingFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it.each([
    ['the character always faces the same way', [5, 10, 0, 1], [-7, 20, 1, 1]],
    ['the direction field has other values too', [5, 10, 0, 1], [-7, 20, 1, -1], [1, 1, 1, 0]],
    ['no other field is on both sides of 0', [5, 10, 0, 1], [7, 20, 1, -1]],
    ['nothing was recorded'],
  ])('are none where %s', (_, ...rows) => {
    expect(facingFields(spec, [episode(...(rows as number[][]))])).toEqual([]);
  });

  it('give a column of products, NaN where either factor is not known', () => {
    const play = episode([5, 0, 0, 1], [-7, 0, 0, -1], [NaN, 0, 0, 1], [3, 0, 0, NaN]);
    expect([...facingColumn(play, { field: 0, by: 3 })]).toEqual([5, 7, NaN, NaN]);
  });
});
