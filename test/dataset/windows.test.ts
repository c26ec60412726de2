import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { timeBin } from '../../src/dataset/time-bins.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import type { WindowDatasetOptions } from '../../src/dataset/windows.ts';
import type { Episode } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { anyEpisodes, makeEpisode, SPEC } from './make-episodes.ts';

/** `length` steps of SPEC; x counts the steps, so that a feature row identifies its step. */
function counting(length: number, header: Partial<Episode> = {}): Episode {
  return makeEpisode(
    Array.from({ length }, (_, i) => [3 * i + (i % 2), i % 3, i, 0, 1, 8]),
    header,
  );
}

function build(episodes: Episode[], options: Partial<WindowDatasetOptions> = {}): WindowDataset {
  return new WindowDataset({
    spec: SPEC,
    statistics: fitStatistics(SPEC, episodes),
    episodes,
    windowLength: 8,
    windowStride: 6,
    warmUp: 2,
    continuous: [],
    ...options,
  });
}

/** Mask of each window, as text. */
const masks = (dataset: WindowDataset): string[] =>
  [...dataset.batches(1)].map(({ mask }) => mask.join(''));

describe('cutting', () => {
  it('pads a short episode and leaves its last step without a target', () => {
    expect(masks(build([counting(5)]))).toEqual(['11110000']);
  });

  it('masks warm-up steps except those at the beginning of the episode', () => {
    // 14 targets: 0-7 from the first window, 8-13 from a window that begins at step 6.
    expect(masks(build([counting(15)]))).toEqual(['11111111', '00111111']);
  });

  it('moves the last window back until it is full', () => {
    // 10 targets: the second window would hold only steps 6-9; it holds 2-9, with targets 8 and 9.
    expect(masks(build([counting(11)]))).toEqual(['11111111', '00000011']);
  });

  it('never crosses an episode, nor counts a step without a successor', () => {
    const dataset = build([
      counting(3),
      counting(1),
      counting(0, {
        columns: counting(0).columns.concat(SPEC.observation.fields.map(() => new Float32Array(0))),
      }),
      counting(2),
    ]);
    expect(masks(dataset)).toEqual(['11000000', '10000000']);
    expect([dataset.count, dataset.targets]).toEqual([2, 3]);
  });

  it('leaves out episodes that are not to be learned', () => {
    const dataset = build([counting(20, { learn: false }), counting(4)]);
    expect([dataset.count, dataset.targets]).toEqual([1, 3]);
  });

  it('has no batches when there is nothing to learn', () => {
    const dataset = build([counting(1)]);
    expect([dataset.count, dataset.targets, [...dataset.batches(4)].length]).toEqual([0, 0, 0]);
  });

  it('makes every step with a successor a target exactly once, with its own features', () => {
    const windows = fc
      .record({ windowLength: fc.integer({ min: 1, max: 12 }), warmUp: fc.nat(11) })
      .filter(({ windowLength, warmUp }) => warmUp < windowLength)
      .chain(({ windowLength, warmUp }) =>
        fc.record({
          windowLength: fc.constant(windowLength),
          warmUp: fc.constant(warmUp),
          windowStride: fc.integer({ min: 1, max: windowLength - warmUp }),
        }),
      );
    fc.assert(
      fc.property(anyEpisodes(), windows, fc.integer({ min: 1, max: 5 }), (episodes, cut, size) => {
        const statistics = fitStatistics(SPEC, episodes);
        const encoder = new Encoder(SPEC, statistics);
        const dataset = build(episodes, { statistics, ...cut });
        const expected: string[] = [];
        for (const episode of episodes.filter(({ learn }) => learn)) {
          const features = encoder.encodeEpisode(episode);
          for (let i = 0; i + 1 < episode.length; i++)
            expected.push(
              [
                episode.actions[i + 1],
                timeBin(statistics.timeEdges, episode.ticks[i + 1] - episode.ticks[i]),
                ...features.subarray(i * encoder.width, (i + 1) * encoder.width),
              ].join(),
            );
        }
        const found: string[] = [];
        for (const batch of dataset.batches(size, createRng(7)))
          batch.mask.forEach((weight, place) => {
            const row = batch.features.subarray(place * encoder.width, (place + 1) * encoder.width);
            if (weight) found.push([batch.actions[place], batch.timeBins[place], ...row].join());
          });
        expect(found.sort()).toEqual(expected.sort());
        expect(dataset.targets).toBe(expected.length);
      }),
    );
  });

  it('gives a target at least the warm-up steps before it, where the episode has them', () => {
    const dataset = build([counting(40)], { windowLength: 9, windowStride: 4, warmUp: 4 });
    for (const mask of masks(dataset).slice(1)) expect(mask.slice(0, 4)).toBe('0000');
  });
});

describe('a batch', () => {
  it('holds the step after each step as its target', () => {
    const [batch] = build([counting(4)], { continuous: ['x'] }).batches(1);
    expect([...batch.actions.subarray(0, 4)]).toEqual([1, 2, 0, 0]);
    const { timeEdges, fields } = fitStatistics(SPEC, [counting(4)]);
    expect([...batch.timeBins.subarray(0, 3)]).toEqual([4, 2, 4].map((d) => timeBin(timeEdges, d)));
    const [x] = fields;
    if (x.kind !== 'number') throw new Error('x is a number field');
    [1, 2, 3].forEach((value, i) =>
      expect(batch.values[i]).toBeCloseTo((value - x.mean) / x.scale, 6),
    );
    expect(batch).toMatchObject({ batchSize: 1, windowLength: 8, valueCount: 1 });
  });

  it('marks next values that are not known, and has zeros wherever there is no target', () => {
    const episode = makeEpisode([
      [0, 0, 1, 0, 0, 8],
      [2, 1, NaN, 0, 0, 8],
      [4, 2, 3, 0, 0, 8],
    ]);
    const [batch] = build([episode], { continuous: ['x'] }).batches(1);
    expect(batch.values[0]).toBeNaN();
    expect(batch.values[1]).toBeGreaterThan(0);
    for (const array of [batch.values, batch.actions, batch.timeBins])
      expect([...array.subarray(2)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(batch.features.subarray(2 * batch.featureCount).every((value) => value === 0)).toBe(
      true,
    );
  });

  it('has the windows in order, or in the order of its seed', () => {
    const dataset = build([counting(60)]);
    const first = (seed?: number): number[] =>
      [...dataset.batches(3, seed === undefined ? undefined : createRng(seed))].flatMap((batch) =>
        Array.from(
          { length: batch.batchSize },
          (_, b) => batch.features[b * 8 * batch.featureCount + 4],
        ),
      );
    const inOrder = first();
    expect([...inOrder].sort((a, b) => a - b)).toEqual(inOrder);
    expect(first(5)).toEqual(first(5));
    expect(first(5)).not.toEqual(inOrder);
    expect([...first(5)].sort((a, b) => a - b)).toEqual(inOrder);
    expect(first()).toEqual(inOrder);
  });

  it('is smaller when it is the last, and owns its arrays', () => {
    const dataset = build([counting(60)]);
    const batches = [...dataset.batches(4)];
    expect(batches.map(({ batchSize }) => batchSize)).toEqual([4, 4, 2]);
    batches[0].features.fill(5);
    expect([...dataset.batches(4)][0].features).not.toEqual(batches[0].features);
  });

  it('is the same in memory that held another one', () => {
    // The second episode is shorter than a window.
    const dataset = build([counting(15), counting(4)]);
    const dirty = (): ArrayBuffer => new Float32Array(1000).fill(7).buffer;
    const rng = () => createRng(3);
    expect([...dataset.batches(2, rng(), { memory: dirty })]).toEqual([
      ...dataset.batches(2, rng()),
    ]);
  });
});

describe('windows refuse', () => {
  const episodes = [counting(20)];

  it.each([
    [{ windowStride: 7 }, /windowStride is 7, more than windowLength - warmUp = 6.*Lower/],
    [{ windowLength: 0 }, /windowLength is 0/],
    [{ warmUp: -1 }, /warmUp is -1/],
    [{ continuous: ['z'] }, /"z" is not a field of the spec\. Choose among the number fields: x/],
    [{ continuous: ['stage'] }, /"stage" is of kind id\. Choose/],
  ])('%o', (options, message) => {
    expect(() => build(episodes, options)).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(message) }),
    );
  });

  it('an empty batch', () => {
    expect(() => [...build(episodes).batches(0)]).toThrow(/batchSize is 0/);
  });
});

describe('soft targets', () => {
  it('are at the positions of the targets, whatever the window', () => {
    const episode = counting(15);
    const softActions = Float32Array.from(
      { length: 45 },
      (_, i) => Math.floor(i / 3) + (i % 3) / 10,
    );
    const dataset = build([episode], { softActions: new Map([[episode, softActions]]) });
    const found = [...dataset.batches(1)].flatMap(({ softActions: soft, mask }) =>
      [...mask].flatMap((one, place) =>
        one ? [[...soft!.subarray(3 * place, 3 * place + 3)]] : [],
      ),
    );
    expect(found.flat()).toEqual([...softActions.subarray(0, 42)]);
    const [batch] = dataset.batches(2);
    expect(batch.softActions).toHaveLength(2 * 8 * 3);
  });

  it('are absent from batches if not given, and must be given for every episode', () => {
    const [batch] = build([counting(5)]).batches(1);
    expect(batch.softActions).toBeUndefined();
    expect(() => build([counting(5)], { softActions: new Map() })).toThrow(/no soft targets/);
  });
});
