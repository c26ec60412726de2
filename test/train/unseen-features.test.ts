import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { WindowDataset } from '../../src/dataset/windows.ts';
import { networkShape } from '../../src/model/build-shape.ts';
import { MODEL_DEFAULTS } from '../../src/model/config.ts';
import { initialWeights } from '../../src/network/initial-weights.ts';
import { inputWidth } from '../../src/network/shape.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { findParameter } from '../../src/network/parameters.ts';
import { seenFeatures, silenceUnseenFeatures } from '../../src/train/unseen-features.ts';
import { makeEpisode, SPEC } from '../dataset/make-episodes.ts';

/** Steps [tick, action, x, airborne, rivalAction, stage] that leave out action 1, rival action 2 and id "unknown". */
const episodes = [
  makeEpisode([
    [0, 0, 5, 1, 0, 8],
    [3, 2, 7, 0, 1, 3],
    [9, 0, 1, 1, 3, 8],
    [11, 2, 2, 0, 0, 3],
  ]),
];

/** Columns of the features that are always 0 there: action 1, rival action 2, unknown stage. */
const UNSEEN = [1, 8, 12];

function silenced(embedding: number) {
  const statistics = fitStatistics(SPEC, episodes);
  const shape = networkShape({ ...MODEL_DEFAULTS, units: 3, embedding }, SPEC, statistics);
  const before = initialWeights(shape, 1);
  const weights = before.slice();
  const windows = { windowLength: 4, windowStride: 4, warmUp: 0 };
  const data = new WindowDataset({ ...windows, spec: SPEC, statistics, episodes, continuous: [] });
  silenceUnseenFeatures(weights, shape, seenFeatures(shape, data));
  const changed = [...weights.keys()].filter((i) => weights[i] !== before[i]);
  return { shape, weights, changed };
}

describe('silenceUnseenFeatures', () => {
  it('clears the input weights of features that do not occur in training, and nothing else', () => {
    const { shape, weights, changed } = silenced(0);
    const { offset } = findParameter(parameterLayout(shape), 'lstm.weight_ih_l0');
    expect(shape.features).toBe(13);
    const expected = Array.from({ length: 12 }, (_, row) =>
      UNSEEN.map((column) => offset + row * 13 + column),
    ).flat();
    expect(changed).toEqual(expected);
    for (const i of changed) expect(weights[i]).toBe(0);
  });

  it('clears their rows of embedding tables', () => {
    const { shape, weights, changed } = silenced(2);
    const layout = parameterLayout(shape);
    expect(shape.embeddings.map(({ name }) => name)).toEqual(['action', 'rivalAction', 'stage']);
    expect(inputWidth(shape)).toBe(9);
    const rows = [
      ['action', 1],
      ['rivalAction', 2],
      ['stage', 2],
    ] as const;
    const expected = rows.flatMap(([name, row]) => {
      const { offset } = findParameter(layout, `embedding.${name}.weight`);
      return [offset + 2 * row, offset + 2 * row + 1];
    });
    expect(changed).toEqual(expected);
    for (const i of changed) expect(weights[i]).toBe(0);
  });
});
