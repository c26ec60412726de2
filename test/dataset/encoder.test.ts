import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { featureLayout } from '../../src/dataset/feature-layout.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import type { EncoderStatistics } from '../../src/dataset/statistics.ts';
import { stepAt } from '../../src/record/episode.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { anyEpisodes, makeEpisode, SPEC } from './make-episodes.ts';

/** Round numbers, so that features can be computed by hand. */
const STATISTICS: EncoderStatistics = {
  fields: [
    { kind: 'number', name: 'x', mean: 100, scale: 50, low: 0, high: 300, fill: 75 },
    { kind: 'boolean', name: 'airborne', fill: 1 },
    { kind: 'category', name: 'rivalAction', size: 4, fill: 3 },
    { kind: 'id', name: 'stage', vocabulary: [8, 20] },
  ],
  duration: { mean: Math.log(10), scale: 2 },
  timeEdges: [5],
  actionCounts: [1, 1, 1],
};

const encoder = new Encoder(SPEC, STATISTICS);
const encodeRows = (...rows: number[][]): number[][] => {
  const features = encoder.encodeEpisode(makeEpisode(rows));
  return rows.map((_, i) => [...features.subarray(i * encoder.width, (i + 1) * encoder.width)]);
};

describe('the layout', () => {
  it('is the action, the duration, then the fields in order', () => {
    expect(featureLayout(SPEC, STATISTICS)).toEqual({
      width: 13,
      blocks: [
        { name: 'action', kind: 'oneHot', offset: 0, width: 3 },
        { name: 'duration', kind: 'scalar', offset: 3, width: 1 },
        { name: 'x', kind: 'scalar', offset: 4, width: 1 },
        { name: 'airborne', kind: 'scalar', offset: 5, width: 1 },
        { name: 'rivalAction', kind: 'oneHot', offset: 6, width: 4 },
        { name: 'stage', kind: 'oneHot', offset: 10, width: 3 },
      ],
    });
  });
});

describe('a row', () => {
  it('has every source in its columns', () => {
    const [first, second] = encodeRows([-5, 1, 200, 0, 2, 20], [4, 2, 50, 1, 0, 8]);
    expect(first).toEqual([0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 0]);
    // 9 ticks later: log(1 + 9) is the mean.
    expect(second).toEqual([0, 0, 1, 0, -1, 1, 1, 0, 0, 0, 1, 0, 0]);
  });

  it('has outliers clipped', () => {
    const [row, wild] = encodeRows([0, 0, -1e6, 0, 0, 8], [9, 0, 1e6, 0, 0, 8]);
    expect([row[4], wild[4]]).toEqual([-2, 4]);
  });

  it('fills missing values with the usual value at first, then with the last known one', () => {
    const rows = encodeRows(
      [0, 0, NaN, NaN, NaN, NaN],
      [0, 0, 150, 0, 1, 20],
      [0, 0, NaN, NaN, 7, NaN],
      [0, 0, Infinity, NaN, 0.5, NaN],
    );
    expect(rows[0].slice(4)).toEqual([-0.5, 1, 0, 0, 0, 1, 0, 0, 1]);
    expect(rows[1].slice(4)).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0]);
    expect(rows[2].slice(4)).toEqual(rows[1].slice(4));
    expect(rows[3].slice(4)).toEqual(rows[1].slice(4));
  });

  it('has ids that are not in the vocabulary in the last column', () => {
    const [row] = encodeRows([0, 0, 0, 0, 0, 9]);
    expect(row.slice(10)).toEqual([0, 0, 1]);
  });
});

describe('a number with knots', () => {
  const [x, ...others] = STATISTICS.fields;
  const cut = new Encoder(SPEC, {
    ...STATISTICS,
    fields: [{ ...x, knots: [0, 100, 300], changeKnots: [-50, 0, 10] } as typeof x, ...others],
  });
  const piecesOf = (...values: number[]): number[][] => {
    const rows = values.map((value, i) => [i, 0, value, 0, 0, 8]);
    const features = cut.encodeEpisode(makeEpisode(rows));
    return rows.map((_, i) => [...features.subarray(i * cut.width + 4, i * cut.width + 9)]);
  };

  it('has one block: its value, its pieces and those of its change', () => {
    expect(cut.layout.blocks[2]).toEqual({ name: 'x', kind: 'scalar', offset: 4, width: 5 });
    expect(piecesOf(100, 150, 125)).toEqual([
      [0, 1, 0, 1, 0],
      [1, 1, 0.25, 1, 1],
      [0.5, 1, 0.125, 0.5, 0],
    ]);
  });

  it('has a change of 0 where it was not known before or is not known now', () => {
    expect(piecesOf(NaN, 150, NaN)).toEqual([
      [-0.5, 0.75, 0, 1, 0],
      [1, 1, 0.25, 1, 0],
      [1, 1, 0.25, 1, 0],
    ]);
  });

  it('stays within its pieces for any value', () => {
    expect(piecesOf(-1e30, 1e30).map((row) => row.slice(1))).toEqual([
      [0, 0, 1, 0],
      [1, 1, 1, 1],
    ]);
  });
});

describe('a number mirrored by facing', () => {
  const spec = defineSpec({
    name: 'one',
    observation: [number('x'), number('facing')],
    action: ['a', 'b'],
  });
  const plain = { kind: 'number', mean: 0, scale: 1, low: -9, high: 9, fill: 2 } as const;
  const fields = [
    { ...plain, name: 'x', turned: { by: 1, knots: [-10, 0, 10] } },
    { ...plain, name: 'facing' },
  ] as const;
  const statistics = { ...STATISTICS, fields, actionCounts: [1, 1] };

  it('has pieces of the product, computed after both factors are updated', () => {
    const mirrored = new Encoder(spec, statistics);
    const rows = [
      [0, 0, 5, 1],
      [1, 0, 5, -1],
      [2, 0, NaN, 1],
    ];
    const features = mirrored.encodeEpisode(makeEpisode(rows));
    const pieces = rows.map((_, i) => [
      ...features.subarray(i * mirrored.width + 4).subarray(0, 2),
    ]);
    expect(pieces).toEqual([
      [1, 0.5],
      [0.5, 0],
      [1, 0.5],
    ]);
  });

  it('is 0 while the direction is not known', () => {
    const mirrored = new Encoder(spec, statistics);
    const features = mirrored.encodeEpisode(makeEpisode([[0, 0, 5, NaN]]));
    expect([...features.subarray(4, 6)]).toEqual([1, 0]);
  });

  it('requires a number field for the direction', () => {
    const wrong = [{ ...fields[0], turned: { by: 2, knots: [0, 1] } }, fields[1]];
    expect(() => new Encoder(spec, { ...statistics, fields: wrong })).toThrow(/another spec/);
  });
});

describe('encoding step by step', () => {
  it('gives the same features as a whole episode', () => {
    fc.assert(
      fc.property(anyEpisodes(), (episodes) => {
        const streaming = new Encoder(SPEC, fitStatistics(SPEC, episodes));
        const width = streaming.width;
        const out = new Float32Array(width + 7);
        for (const episode of episodes) {
          const whole = streaming.encodeEpisode(episode);
          const state = streaming.createState();
          for (let i = 0; i < episode.length; i++) {
            out.fill(99);
            streaming.encode(state, stepAt(episode, i), out, 5);
            expect(out.subarray(5, 5 + width)).toEqual(whole.subarray(i * width, (i + 1) * width));
            expect([out[4], out[5 + width]]).toEqual([99, 99]);
          }
          expect(whole.every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('starts over after a reset', () => {
    const state = encoder.createState();
    const fresh = new Float32Array(encoder.width);
    const again = new Float32Array(encoder.width);
    const missing = stepAt(makeEpisode([[7, 0, NaN, NaN, NaN, NaN]]), 0);
    encoder.encode(state, missing, fresh);
    encoder.encode(state, stepAt(makeEpisode([[60, 1, 300, 0, 1, 20]]), 0), again);
    encoder.resetState(state);
    encoder.encode(state, missing, again);
    expect(again).toEqual(fresh);
    expect(state).toMatchObject({ steps: 1, previousTick: 7 });
  });

  it('allocates nothing', () => {
    const state = encoder.createState();
    const step = stepAt(makeEpisode([[0, 1, 120, 1, 2, 20]]), 0);
    const out = new Float32Array(encoder.width);
    const grown = Array.from({ length: 241 }, () => {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 4000; i++) encoder.encode(state, step, out);
      return process.memoryUsage().heapUsed - before;
    });
    // The smallest object has 12 bytes: 48,000 in all. The first rounds are not compiled yet, on a busy
    // machine for long. A collection may fall between two readings, so of the last ones the middle counts.
    const last = grown.slice(-41).sort((x, y) => x - y);
    expect(last[20]).toBeLessThan(16_000);
  });
});

describe('an encoder', () => {
  const step = { tick: 0, action: 0, values: new Float32Array(4) };
  const out = new Float32Array(encoder.width);

  it.each([3, -1, 0.5, NaN])('refuses action %s', (action) => {
    expect(() => encoder.encode(encoder.createState(), { ...step, action }, out)).toThrow(
      expect.objectContaining({
        code: 'bad-data',
        message: expect.stringMatching(/actions are 0 to 2\. Use the spec/),
      }),
    );
  });

  it('refuses rows of another length', () => {
    const short = { ...step, values: new Float32Array(2) };
    expect(() => encoder.encode(encoder.createState(), short, out)).toThrow(
      /has 2 values but the spec has 4 fields\. Give one value for each/,
    );
  });

  it('refuses statistics of another spec', () => {
    const [x, ...others] = STATISTICS.fields;
    const wrong = [
      { ...STATISTICS, actionCounts: [1, 1] },
      { ...STATISTICS, fields: others },
      { ...STATISTICS, fields: [{ ...x, name: 'y' }, ...others] },
      {
        ...STATISTICS,
        fields: STATISTICS.fields.map((f) => (f.kind === 'category' ? { ...f, size: 5 } : f)),
      },
    ];
    for (const statistics of wrong)
      expect(() => new Encoder(SPEC, statistics)).toThrow(/fitted on another spec/);
  });
});
