import { describe, expect, it } from 'vitest';
import {
  continuousReport,
  hasActionChanges,
  measureValues,
} from '../../src/evaluate/continuous.ts';
import { linearAutoregression, persistence } from '../../src/evaluate/value-baselines.ts';
import { measureErrors } from '../../src/evaluate/value-predictor.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';
import { swings } from '../dataset/swings.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';

const SPEC = defineSpec({
  name: 'swing',
  sampling: { kind: 'everyTicks', ticks: 1 },
  observation: [number('angle'), number('noise')],
  action: ['none', 'unused'],
});

const training = swings(4, 1, { noise: true });
const test = swings(2, 2, { noise: true });
const TARGETS = [0, 1].map((column) => ({ column, mean: 0, scale: 1, resolution: 0.01 }));

const checkpoint: Checkpoint = {
  ...randomCheckpoint(
    { spec: SPEC, episodes: training },
    { seed: 1, model: { continuous: ['angle', 'noise'], valueTarget: 'change', timeBins: 0 } },
  ),
};
/** A model that expects no change. */
const still: Checkpoint = { ...checkpoint, weights: checkpoint.weights.map(() => 0) };

describe('baselines of continuous targets', () => {
  it('include persistence, which repeats the last known value', () => {
    const episode = makeEpisode([
      [0, 0, 1],
      [1, 0, 3],
      [2, 0, NaN],
      [3, 0, 4],
    ]);
    const [residuals] = measureErrors(persistence([TARGETS[0]]), [episode], [TARGETS[0]]);
    // 3 after 1, and 4 after 3: a value that is not known counts for nothing.
    expect(residuals).toMatchObject({ predictions: 2, rmse: Math.sqrt((4 + 1) / 2) });
  });

  it('include an autoregression, which finds a linear law', () => {
    const linear = linearAutoregression(TARGETS, training);
    const [angle, noise] = measureErrors(linear, test, TARGETS);
    expect(angle.rmse).toBeLessThan(0.02);
    expect(noise.rmse).toBeCloseTo(1, 0);
    expect(angle.predictions).toBe(2 * 199);
  });

  it('give NaN where no value was known', () => {
    const episode = makeEpisode([
      [0, 0, NaN],
      [1, 0, 2],
    ]);
    const [residuals] = measureErrors(persistence([TARGETS[0]]), [episode], [TARGETS[0]]);
    expect(residuals).toMatchObject({ predictions: 0, rmse: NaN });
  });
});

describe('continuousReport', () => {
  it('scores every row on the same values', () => {
    const values = measureValues(still, training, 'training');
    const report = continuousReport({ ...still, metrics: { ...still.metrics, values } }, test, {
      training,
    })!;
    expect(report.targets.map(({ name, predictions }) => [name, predictions])).toEqual([
      ['angle', 398],
      ['noise', 398],
    ]);
    for (const { rows } of report.targets) {
      expect(rows.map(({ name }) => name)).toEqual(['persistence', 'linear', 'model']);
      const [last, linear, model] = rows;
      // Zero weights mean no change: persistence, clipped at outliers.
      expect(model.rmse).toBeCloseTo(last.rmse, 2);
      expect(model.logLikelihood).toBeCloseTo(last.logLikelihood, 1);
      expect(model.crps).toBeCloseTo(last.crps, 2);
      expect(linear.crps).toBeLessThan(last.crps);
      expect(linear.rmse).toBeLessThan(last.rmse);
      expect(linear.logLikelihood).toBeGreaterThan(last.logLikelihood);
    }
  });

  it('works without training data and without measured deviations', () => {
    const { targets } = continuousReport(still, test, { training: [] })!;
    expect(targets[0].rows.map(({ name }) => name)).toEqual(['persistence', 'model']);
    expect(targets[0].rows.every(({ rmse }) => rmse > 0)).toBe(true);
    expect(targets[0].rows.every(({ logLikelihood }) => Number.isNaN(logLikelihood))).toBe(true);
    expect(targets[0].rows.every(({ crps }) => Number.isNaN(crps))).toBe(true);
  });

  it('is null for a model without continuous targets', () => {
    const plain = randomCheckpoint({ spec: SPEC, episodes: training }, { seed: 1 });
    expect(continuousReport(plain, test, { training })).toBeNull();
  });
});

describe('measured deviations', () => {
  const values = measureValues(checkpoint, test, 'held-out');

  it('are the root mean squared errors', () => {
    const { targets } = continuousReport(checkpoint, test, { training })!;
    const model = targets.map(({ rows }) => rows.find(({ name }) => name === 'model')!);
    expect(values).toEqual({
      from: 'held-out',
      deviations: { angle: model[0].rmse, noise: model[1].rmse },
    });
    expect(measureValues(checkpoint, [], 'held-out')).toBeUndefined();
  });

  it('are saved in the file, which does not change otherwise', () => {
    const measured = { ...checkpoint, metrics: { ...checkpoint.metrics, values } };
    expect(parseCheckpoint(serializeCheckpoint(measured))).toEqual(measured);
    expect(parseCheckpoint(serializeCheckpoint(checkpoint)).metrics.values).toBeUndefined();
  });
});

describe('hasActionChanges', () => {
  it('distinguishes logs with actions from logs without', () => {
    expect(hasActionChanges(test)).toBe(false);
    expect(
      hasActionChanges([
        makeEpisode([
          [0, 1],
          [1, 0],
        ]),
      ]),
    ).toBe(true);
    expect(hasActionChanges([makeEpisode([[0, 1]]), makeEpisode([[0, 0]])])).toBe(false);
  });
});
