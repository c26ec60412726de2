import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import type { FieldStatistics } from '../../src/dataset/statistics.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { anyEpisodes, makeEpisode, numbersOnly, SPEC } from './make-episodes.ts';

type NumberStatistics = Extract<FieldStatistics, { kind: 'number' }>;

function fitNumber(values: readonly number[], range?: { min?: number; max?: number }) {
  const { spec, episodes } = numbersOnly(values, range);
  return fitStatistics(spec, episodes).fields[0] as NumberStatistics;
}

const repeat = (value: number, times: number): number[] =>
  Array.from({ length: times }, () => value);
const oneTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

describe('pieces', () => {
  const fit = (values: readonly number[], pieces: number) => {
    const { spec, episodes } = numbersOnly(values);
    return fitStatistics(spec, episodes, { pieces }).fields[0] as NumberStatistics;
  };

  it('are not made unless asked for', () => {
    expect(fitNumber(oneTo(9))).not.toHaveProperty('knots');
    expect(fitNumber(oneTo(9))).not.toHaveProperty('changeKnots');
  });

  it('cut a number and its changes', () => {
    expect(fit([1, 2, 4, 8, 16], 2)).toMatchObject({ knots: [1, 4, 16], changeKnots: [1, 8] });
  });

  it('are not affected by an outlier', () => {
    const { knots = [], high } = fit([...oneTo(100), 1e6], 4);
    expect(knots.at(-1)).toBe(high);
  });

  it('do not exist for a number with a single value', () => {
    expect(fit([7, 7, 7], 4)).not.toHaveProperty('knots');
    expect(fit([7, 7, 7], 4)).not.toHaveProperty('changeKnots');
  });

  it('are also made for the number times the facing direction, where a field gives it', () => {
    const spec = defineSpec({
      name: 'one',
      observation: [number('x'), number('facing')],
      action: ['a', 'b'],
    });
    const play = makeEpisode([
      [0, 0, -8, -1],
      [9, 1, -4, 1],
      [18, 0, 8, 1],
    ]);
    const [x, facing] = fitStatistics(spec, [play], { pieces: 2 }).fields;
    expect(x).toMatchObject({ knots: [-8, -4, 8], turned: { by: 1, knots: [-4, 8] } });
    expect(facing).not.toHaveProperty('turned');
  });

  it('ignore values that are not known', () => {
    expect(fit([1, NaN, 2, Infinity, 4], 1)).toMatchObject({ knots: [1, 4], changeKnots: [1, 2] });
  });

  it.each([-1, 1.5, 65, NaN])('cannot be %d', (pieces) => {
    expect(() => fit([1, 2], pieces)).toThrow(/pieces is .*from 0 to 64/);
  });
});

describe('a number', () => {
  it('has the mean, deviation and median of its known values', () => {
    const field = fitNumber([1, NaN, 2, 3, NaN, 6]);
    expect(field).toMatchObject({ mean: 3, fill: 2.5 });
    expect(field.scale).toBeCloseTo(Math.sqrt(14 / 4), 12);
  });

  it('has a single wild value clipped to four interquartile ranges beyond the quartiles', () => {
    // 1..100 and one of a million: quartiles 26 and 76.
    const field = fitNumber([...oneTo(100), 1e6]);
    expect(field.high).toBe(76 + 4 * 50);
    expect(field.low).toBe(26 - 4 * 50);
    expect(field.mean).toBeCloseTo((5050 + 276) / 101, 4);
    expect(field.scale).toBeLessThan(50);
  });

  it('treats infinite values as missing', () => {
    expect(fitNumber([1, 2, 3, Infinity, -Infinity])).toMatchObject({ mean: 2, fill: 2 });
  });

  it('keeps common values however far out they are', () => {
    // A tenth of the values is 5000, hundreds of interquartile ranges away.
    expect(fitNumber([...oneTo(90), ...repeat(5000, 10)]).high).toBeGreaterThanOrEqual(5000);
  });

  it('keeps a rare flag that is stored as a number', () => {
    const field = fitNumber([...repeat(0, 399), 1]);
    expect(field).toMatchObject({ low: 0, high: 1, fill: 0 });
  });

  it('keeps the real values of a column that is mostly zero, but not its glitch', () => {
    // Damage: 0 most of the time, else up to 120, and once a billion.
    // The quartiles of 1..120 and a billion are 31 and 91.
    const field = fitNumber([...repeat(0, 400), ...oneTo(120), 1e9]);
    expect(field).toMatchObject({ low: 31 - 4 * 60, high: 91 + 4 * 60, fill: 0 });
  });

  it('is never clipped narrower than its declared range', () => {
    expect(fitNumber(oneTo(100), { min: -1000, max: 3000 })).toMatchObject({
      low: -1000,
      high: 3000,
    });
    // A declared range that the data contradict is widened.
    expect(fitNumber(oneTo(100), { min: 40, max: 60 }).high).toBeGreaterThan(100);
  });

  it('stays small at the ends of its declared range', () => {
    const field = fitNumber([...repeat(399, 50), ...repeat(401, 50)], { min: 0, max: 800 });
    expect((field.high - field.low) / field.scale).toBeCloseTo(32, 5);
  });

  it('is constant when it had a single value in training, even if play has others', () => {
    const { spec, episodes } = numbersOnly(repeat(7.3, 20), { min: 0, max: 100 });
    const statistics = fitStatistics(spec, episodes);
    const encoder = new Encoder(spec, statistics);
    const [played] = numbersOnly([7.3, 55, NaN]).episodes;
    const rows = encoder.encodeEpisode(played);
    expect([rows[3], rows[7], rows[11]]).toEqual([0, 0, 0]);
  });

  it('is constant when it had no value in training', () => {
    const { spec, episodes } = numbersOnly(repeat(NaN, 20), { min: 5, max: 100 });
    const statistics = fitStatistics(spec, episodes);
    expect(statistics.fields[0]).toMatchObject({ mean: 0, low: 0, high: 0, fill: 0, scale: 1 });
    const rows = new Encoder(spec, statistics).encodeEpisode(numbersOnly([9, NaN]).episodes[0]);
    expect([rows[3], rows[7]]).toEqual([0, 0]);
  });

  it('never has a scale of 0, and has a range that contains the training values', () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (numbers) => {
        const { low, high, mean, scale, fill } = fitNumber(numbers);
        expect(scale).toBeGreaterThan(0);
        expect(mean).toBeGreaterThanOrEqual(low - 1e-9 * Math.abs(low));
        expect(mean).toBeLessThanOrEqual(high + 1e-9 * Math.abs(high));
        expect(fill).toBeGreaterThanOrEqual(low);
        expect(fill).toBeLessThanOrEqual(high);
        expect((high - low) / scale).toBeLessThanOrEqual(32.001);
      }),
    );
  });
});

describe('other fields', () => {
  const row = (airborne: number, rival: number, stage: number): number[] => [
    0,
    0,
    1,
    airborne,
    rival,
    stage,
  ];

  it('are filled with the most frequent value if boolean or category', () => {
    const episode = makeEpisode([row(1, 2, 5), row(1, 2, 5), row(0, 3, 5), row(NaN, NaN, 5)]);
    const { fields } = fitStatistics(SPEC, [episode]);
    expect(fields[1]).toEqual({ kind: 'boolean', name: 'airborne', fill: 1 });
    expect(fields[2]).toEqual({ kind: 'category', name: 'rivalAction', size: 4, fill: 2 });
  });

  it('are filled with 0 when they had no value, and do not count categories that do not exist', () => {
    const episode = makeEpisode([row(NaN, 9, NaN), row(NaN, -1, NaN), row(NaN, 1.5, NaN)]);
    const { fields } = fitStatistics(SPEC, [episode]);
    expect(fields.slice(1)).toEqual([
      { kind: 'boolean', name: 'airborne', fill: 0 },
      { kind: 'category', name: 'rivalAction', size: 4, fill: 0 },
      { kind: 'id', name: 'stage', vocabulary: [] },
    ]);
  });

  it('list the known ids in order, but only the most frequent ones where there are too many', () => {
    const episode = makeEpisode([31, 2, 9, 31, 2, 100].map((stage) => row(0, 0, stage)));
    const id = { kind: 'id', name: 'stage' };
    expect(fitStatistics(SPEC, [episode]).fields[3]).toEqual({
      ...id,
      vocabulary: [2, 9, 31, 100],
    });
    expect(fitStatistics(SPEC, [episode], { vocabulary: 2 }).fields[3]).toEqual({
      ...id,
      vocabulary: [2, 31],
    });
  });
});

describe('times and actions', () => {
  const spec = defineSpec({ name: 'timed', observation: [], action: ['a', 'b', 'c'] });
  const timed = (ticks: readonly number[], header = {}) =>
    makeEpisode(
      ticks.map((tick, i) => [tick, i % 2]),
      header,
    );

  it('have no time across two episodes', () => {
    const { duration, timeEdges } = fitStatistics(spec, [timed([0, 3]), timed([1000, 1003])]);
    expect(duration.mean).toBeCloseTo(Math.log(4), 12);
    expect(duration.scale).toBe(1);
    // All times are equal: there is nothing to predict.
    expect(timeEdges).toEqual([]);
    const further = fitStatistics(spec, [timed([0, 3]), timed([1000, 1005])]);
    expect(further.timeEdges).toEqual([3, 5]);
  });

  it('have bins of time that are about equally full', () => {
    const ticks = [0];
    for (const wait of oneTo(100)) ticks.push(ticks[ticks.length - 1] + wait);
    const { timeEdges } = fitStatistics(spec, [timed(ticks)], { timeBins: 4 });
    expect(timeEdges).toEqual([25, 50, 75]);
  });

  it('have no bins without times, or when none are asked for', () => {
    expect(fitStatistics(spec, [timed([5])]).timeEdges).toEqual([]);
    expect(fitStatistics(spec, [timed([0, 3, 9])], { timeBins: 0 }).timeEdges).toEqual([]);
    expect(() => fitStatistics(spec, [], { timeBins: -1 })).toThrow(/timeBins is -1.*0 to 256/);
  });

  it('count actions only in episodes that may be learned from', () => {
    const { actionCounts, duration } = fitStatistics(spec, [
      timed([0, 1, 2]),
      timed([0, 900], { learn: false }),
    ]);
    expect(actionCounts).toEqual([2, 1, 0]);
    expect(duration.mean).toBeCloseTo(Math.log(2), 12);
  });

  it('have whole, ascending edges, fewer than bins, for any data', () => {
    fc.assert(
      fc.property(anyEpisodes(), fc.integer({ min: 0, max: 20 }), (episodes, timeBins) => {
        const { timeEdges } = fitStatistics(SPEC, episodes, { timeBins });
        expect(timeEdges.length).toBeLessThanOrEqual(Math.max(0, timeBins - 1));
        timeEdges.forEach((edge, i) => {
          expect(Number.isInteger(edge)).toBe(true);
          if (i) expect(edge).toBeGreaterThan(timeEdges[i - 1]);
        });
      }),
    );
  });
});

describe('bad episodes', () => {
  const good = [
    [0, 0, 1],
    [5, 1, 2],
  ];
  const spec = defineSpec({ name: 'one', observation: [number('n')], action: ['a', 'b'] });

  it.each([
    [
      'an action the spec does not have',
      makeEpisode([...good, [9, 2, 3]]),
      /Episode "e": step 2 has action 2 .* end at 1\. Use/,
    ],
    [
      'a falling tick',
      makeEpisode([...good, [4, 1, 3]]),
      /falls from 5 to 4 at step 2\. Begin a new episode/,
    ],
    ['too few columns', makeEpisode(good, { columns: [] }), /0 columns but the spec has 1 fields/],
    [
      'a short column',
      makeEpisode(good, { columns: [new Float32Array(1)] }),
      /column "n" has 1 values for 2 steps/,
    ],
    ['a wrong length', makeEpisode(good, { length: 3 }), /declares 3 steps but has 2 ticks/],
  ])('are refused: %s', (_what, episode, message) => {
    expect(() => fitStatistics(spec, [episode])).toThrow(
      expect.objectContaining({ code: 'bad-data', message: expect.stringMatching(message) }),
    );
  });

  it('do not include empty ones', () => {
    const empty = makeEpisode([], { columns: [new Float32Array(0)] });
    expect(fitStatistics(spec, [empty])).toEqual(fitStatistics(spec, []));
  });
});
