import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { changeScale, valueOf, valueTarget } from '../../src/dataset/value-target.ts';
import type { NumberStatistics } from '../../src/dataset/value-target.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import { makeEpisode, numbersOnly } from './make-episodes.ts';

const LEVEL: NumberStatistics = {
  kind: 'number',
  name: 'n',
  mean: 10,
  scale: 4,
  low: 0,
  high: 20,
  fill: 8,
};
const CHANGE: NumberStatistics = { ...LEVEL, changeScale: 0.5 };

describe('valueTarget', () => {
  it('normalises the next value, or its change since the last one', () => {
    expect(valueTarget(LEVEL, 9, 12)).toBe(0.5);
    expect(valueTarget(CHANGE, 9, 12)).toBe(6);
  });

  it('clips outliers at both ends of a change', () => {
    expect(valueTarget(LEVEL, 0, 99)).toBe(2.5);
    expect(valueTarget(CHANGE, 99, 19)).toBe(-2);
    expect(valueTarget(CHANGE, 19, 99)).toBe(2);
  });

  it('measures a change from the fill where no value was known, and is NaN without a next value', () => {
    expect(valueTarget(CHANGE, NaN, 9)).toBe(2);
    expect(valueTarget(CHANGE, 9, NaN)).toBeNaN();
    expect(valueTarget(LEVEL, 9, Infinity)).toBeNaN();
  });

  it('is undone by valueOf', () => {
    for (const field of [LEVEL, CHANGE])
      for (const last of [NaN, -3, 4, 30])
        expect(valueOf(field, last, valueTarget(field, last, 12))).toBeCloseTo(12, 12);
  });
});

describe('changeScale', () => {
  it('is the deviation of changes within episodes, skipping missing values', () => {
    const episodes = [
      [1, NaN, 3, 1],
      [100 - 90, 12],
    ].map((values, i) =>
      makeEpisode(
        values.map((value, at) => [at, 0, value]),
        { id: `${i}` },
      ),
    );
    // Changes 2, -2 and 2.
    expect(changeScale(LEVEL, episodes, 0)).toBeCloseTo(Math.sqrt(4 - (2 / 3) ** 2), 6);
  });

  it('is 1 where nothing changes', () => {
    expect(
      changeScale(
        LEVEL,
        [
          makeEpisode([
            [0, 0, 5],
            [1, 0, 5],
          ]),
        ],
        0,
      ),
    ).toBe(1);
    expect(changeScale(LEVEL, [], 0)).toBe(1);
  });
});

describe('targets that are changes', () => {
  it('are stored in windows', () => {
    const { spec, episodes } = numbersOnly([5, 7, NaN, 6, 6]);
    const statistics = fitStatistics(spec, episodes, { timeBins: 0, changes: ['n'] });
    const [field] = statistics.fields as NumberStatistics[];
    const dataset = new WindowDataset({
      spec,
      statistics,
      episodes,
      continuous: ['n'],
      windowLength: 4,
      windowStride: 4,
      warmUp: 0,
    });
    const [{ values }] = dataset.batches(1);
    const scale = field.changeScale!;
    [2 / scale, NaN, -1 / scale, 0].forEach((value, i) =>
      Number.isNaN(value) ? expect(values[i]).toBeNaN() : expect(values[i]).toBeCloseTo(value, 5),
    );
  });

  it('are measured only for the fields that are asked for', () => {
    const { spec, episodes } = numbersOnly([5, 7, 6]);
    expect(fitStatistics(spec, episodes).fields[0]).not.toHaveProperty('changeScale');
  });
});
