import { describe, expect, it } from 'vitest';
import { turnedColumn, turnedFields } from '../../src/dataset/turned-fields.ts';
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

describe('turnedFields', () => {
  it('are those on both sides of 0, by the field that is -1 or 1', () => {
    const play = [episode([5, 10, 0, 1], [-7, 20, 1, -1])];
    expect(turnedFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it('are looked for in all episodes together', () => {
    const play = [episode([5, 10, 0, 1]), episode([-7, 20, 1, -1])];
    expect(turnedFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it('pay no heed to what is not known', () => {
    const play = [episode([5, NaN, 0, 1], [-7, 20, NaN, NaN], [NaN, 20, 1, -1])];
    expect(turnedFields(spec, play)).toEqual([{ field: 0, by: 3 }]);
  });

  it.each([
    ['nobody ever turns', [5, 10, 0, 1], [-7, 20, 1, 1]],
    ['the field has other values too', [5, 10, 0, 1], [-7, 20, 1, -1], [1, 1, 1, 0]],
    ['no other field is on both sides of 0', [5, 10, 0, 1], [7, 20, 1, -1]],
    ['nothing was recorded'],
  ])('are none where %s', (_, ...rows) => {
    expect(turnedFields(spec, [episode(...(rows as number[][]))])).toEqual([]);
  });

  it('as a column: the product, NaN where a part is not known', () => {
    const play = episode([5, 0, 0, 1], [-7, 0, 0, -1], [NaN, 0, 0, 1], [3, 0, 0, NaN]);
    expect([...turnedColumn(play, { field: 0, by: 3 })]).toEqual([5, 7, NaN, NaN]);
  });
});
