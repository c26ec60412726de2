import { describe, expect, it } from 'vitest';
import { CONTINUOUS_PAIRS, reportCharts } from '../../../src/evaluate/report/report-charts.ts';
import { createPredictor } from '../../../src/predict/create-predictor.ts';
import { stepAt } from '../../../src/record/episode.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { habitualEpisodes } from '../../predict/habitual.ts';
import { explain } from '../../../src/predict/explain.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 1 });
const other = habitualEpisodes({ sessions: 1, length: 700, seed: 2 });

describe('reportCharts', () => {
  it('has the mean weight of every expert in each minute', () => {
    const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 2 } });
    const [episode] = other.episodes;
    const { expertWeights, continuous } = reportCharts(checkpoint, [episode]);
    expect(continuous).toEqual([]);
    const minutes = expertWeights!.map(({ minute }) => minute);
    expect(minutes).toEqual([...minutes.keys()]);
    expect(minutes.length).toBeGreaterThan(1);
    const names = Object.keys(expertWeights![0].weights);
    expect(names).toHaveLength(checkpoint.shape.experts!);
    expect(names[0]).toBe(
      'players: action + action, 1 before + action, 2 before + action, 3 before',
    );
    expect(names[2]).toMatch(/^this player: action \+ action, 1 before/);
    expect(names[4]).toMatch(/^this player recently: action \+ action, 1 before/);
    for (const { weights } of expertWeights!) expect(Object.keys(weights)).toEqual(names);
    const predictor = createPredictor(checkpoint);
    let [sum, count] = [0, 0];
    for (let i = 0; episode.ticks[i + 1] - episode.ticks[0] < 60 * 60; i++, count++) {
      predictor.observe('x', stepAt(episode, i));
      const { experts } = explain(predictor, 'x', { steps: 0 })!;
      const weights = predictor.expertWeights('x')!;
      expect([...weights].sort()).toEqual(experts.map(({ weight }) => Math.fround(weight)).sort());
      sum += weights[1];
    }
    expect(expertWeights![0].weights[names[1]]).toBeCloseTo(sum / count, 5);
  });

  it('has no weights without experts', () => {
    expect(reportCharts(randomCheckpoint(set, { seed: 1 }), other.episodes)).toEqual({
      expertWeights: [],
      continuous: [],
    });
    expect(createPredictor(randomCheckpoint(set, { seed: 1 })).expertWeights('x')).toBeNull();
  });

  it('pairs what is predicted with what came, and thins the pairs', () => {
    const model = { continuous: ['distance'], valueTarget: 'change' } as const;
    const checkpoint = randomCheckpoint(set, { seed: 1, model });
    const [episode] = set.episodes;
    const [all] = reportCharts(checkpoint, [episode]).continuous!;
    expect(all.name).toBe('distance');
    expect(all.actual).toEqual([...episode.columns[0].subarray(1)]);
    const predictor = createPredictor(checkpoint);
    const expected = all.actual.map(
      (_, i) => predictor.observe('x', stepAt(episode, i)).values.distance,
    );
    expect(all.predicted).toEqual(expected);
    const [some] = reportCharts(checkpoint, other.episodes).continuous!;
    expect(some.actual.length).toBeGreaterThan(CONTINUOUS_PAIRS / 2);
    expect(some.actual.length).toBeLessThanOrEqual(CONTINUOUS_PAIRS);
  });

  it('leaves values out that are not known', () => {
    const checkpoint = randomCheckpoint(set, { seed: 1, model: { continuous: ['distance'] } });
    const [episode] = set.episodes;
    const distance = episode.columns[0].map((value, i) => (i % 2 ? NaN : value));
    const holes = { ...episode, columns: [distance, episode.columns[1]] };
    const [pairs] = reportCharts(checkpoint, [holes]).continuous!;
    expect(pairs.actual).toHaveLength(19);
    expect(pairs.predicted.every(Number.isFinite)).toBe(true);
  });
});
