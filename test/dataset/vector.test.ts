import { describe, expect, it } from 'vitest';
import { dropFields } from '../../src/dataset/drop-fields.ts';
import { Encoder } from '../../src/dataset/encoder.ts';
import { facingFields } from '../../src/dataset/facing-fields.ts';
import { featureLayout } from '../../src/dataset/feature-layout.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import { listSources } from '../../src/experts/list-sources.ts';
import { sourceName } from '../../src/experts/symbol-source.ts';
import { contextPart } from '../../src/experts/context-part.ts';
import { defineSpec, number, vector } from '../../src/record/spec.ts';
import { SCOUT } from '../record/scout.ts';
import { makeEpisode } from './make-episodes.ts';

/** [speed, three rays, lit] at every step, 10 ticks apart. */
const episode = makeEpisode(
  [
    [1, 1, 2, 7, 0],
    [2, 3, NaN, 7, 1],
    [3, 5, 4, 7, 1],
    [4, 7, 6, 7, 0],
  ].map((values, i) => [10 * i, i % 3, ...values]),
);
const statistics = fitStatistics(SCOUT, [episode]);

describe('the statistics of a vector', () => {
  it('are those of each of its numbers', () => {
    expect(statistics.fields.map(({ name }) => name)).toEqual([
      'speed',
      'rays_0',
      'rays_1',
      'rays_2',
      'lit',
    ]);
    expect(statistics.fields[1]).toMatchObject({ kind: 'number', mean: 4, fill: 4 });
    expect(statistics.fields[2]).toMatchObject({ kind: 'number', mean: 4, fill: 4 });
    // A number that never changed is clipped to its only value.
    expect(statistics.fields[3]).toMatchObject({ low: 7, high: 7 });
  });

  it('keep the rare ones of a map of zeros and ones', () => {
    const spec = defineSpec({ ...SCOUT, observation: [vector('map', 1)] });
    const rare = makeEpisode(Array.from({ length: 400 }, (_, i) => [i, 0, Number(i === 77)]));
    expect(fitStatistics(spec, [rare]).fields[0]).toMatchObject({ low: 0, high: 1 });
  });

  it('have no pieces, in contrast to those of number fields', () => {
    const { fields } = fitStatistics(SCOUT, [episode], { pieces: 4 });
    expect(fields[0]).toHaveProperty('knots');
    for (const field of fields.slice(1, 4)) expect(field).not.toHaveProperty('knots');
  });

  it('are refused for a vector of another length', () => {
    const longer = defineSpec({ ...SCOUT, observation: [vector('rays', 5)] });
    expect(() => new Encoder(longer, statistics)).toThrow(/fitted on another spec than "scout"/);
  });
});

describe('the features of a vector', () => {
  it('are one block, a column for each number', () => {
    expect(featureLayout(SCOUT, statistics).blocks.slice(2)).toEqual([
      { name: 'speed', kind: 'scalar', offset: 4, width: 1 },
      { name: 'rays', kind: 'scalar', offset: 5, width: 3 },
      { name: 'lit', kind: 'scalar', offset: 8, width: 1 },
    ]);
  });

  it('keep the last known value of each number', () => {
    const encoder = new Encoder(SCOUT, statistics);
    const features = encoder.encodeEpisode(episode);
    const row = (i: number) => features.subarray(i * encoder.width, (i + 1) * encoder.width);
    expect(row(1)[6]).toBe(row(0)[6]);
    expect(row(2)[6]).toBeGreaterThan(row(1)[6]);
    expect(row(1)[5]).toBeGreaterThan(row(0)[5]);
    expect([0, 1, 2, 3].map((i) => row(i)[8])).toEqual([0, 1, 1, 0]);
  });

  it('are dropped together in training', () => {
    const data = new WindowDataset({
      spec: SCOUT,
      statistics,
      episodes: [episode],
      windowLength: 3,
      windowStride: 3,
      warmUp: 0,
      continuous: [],
    });
    const [batch] = data.batches(data.count);
    const { blocks } = featureLayout(SCOUT, statistics);
    // Drawn for speed, rays and lit: only the rays are dropped.
    const draws = [1, 0, 1];
    const rng = { next: () => draws.shift() ?? 1 } as Parameters<typeof dropFields>[3];
    dropFields(batch, { width: 9, blocks }, 0.5, rng);
    const { features } = batch;
    expect([...features.subarray(5, 8)]).toEqual([0, 0, 0]);
    expect(features[4]).not.toBe(0);
  });

  it('do not depend on the way the character faces', () => {
    const spec = defineSpec({
      ...SCOUT,
      observation: [vector('map', 2), number('x'), number('facing')],
    });
    const rows = [
      [-1, 1, 5, 1],
      [1, -2, -5, -1],
    ];
    const play = makeEpisode(rows.map((values, i) => [i, 0, ...values]));
    expect(facingFields(spec, [play])).toEqual([{ field: 2, by: 3 }]);
  });
});

describe('experts', () => {
  const sources = listSources(SCOUT, [episode]);

  it('look at no numbers of a vector, and find the fields after it', () => {
    const names = sources.map((source) => sourceName(source, SCOUT));
    expect(names).toContain('lit');
    expect(names).toContain('speed (3 bins)');
    expect(names.filter((name) => name.includes('rays'))).toEqual([]);
    const lit = sources.find((source) => source.kind === 'place')!;
    expect(contextPart(lit, 2, SCOUT)).toEqual({
      kind: 'place',
      field: 'lit',
      back: 0,
      value: true,
    });
  });
});
