import { describe, expect, it } from 'vitest';
import { countTimes } from '../../src/dataset/count-times.ts';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { evaluateCheckpoint, scorePredictors } from '../../src/evaluate/evaluate.ts';
import { timeBaselines } from '../../src/evaluate/time-baselines.ts';
import { TimeScorer } from '../../src/evaluate/time-scorer.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { train } from '../../src/train/trainer.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { TIMED_SPEC, timedEpisodes } from './timed.ts';

const training = timedEpisodes(6, 120, 1);
const { spec, episodes } = timedEpisodes(4, 100, 2);
const statistics = fitStatistics(spec, training.episodes, { timeBins: 6 });

describe('timeBaselines', () => {
  it('counts times by the action before them', () => {
    const [episode] = timedEpisodes(1, 5, 3).episodes;
    const timed = { ...episode, ticks: Int32Array.of(0, 4, 14, 15, 115) };
    expect(countTimes([5, 10], 3, [timed])).toEqual([
      [1, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(countTimes([], 3, [timed])).toEqual([]);
  });

  it('smooths the overall shares by half an observation each, and those after an action towards the overall shares', () => {
    const { unconditional, perAction } = timeBaselines([
      [3, 0],
      [0, 1],
      [0, 0],
    ]);
    expect([...unconditional]).toEqual([3.5 / 5, 1.5 / 5]);
    expect([...perAction[0]]).toEqual([3.7 / 4, 0.3 / 4]);
    expect([...perAction[2]]).toEqual([...unconditional]);
  });
});

describe('TimeScorer', () => {
  it('gives the scores of a case computed by hand', () => {
    const scorer = new TimeScorer([10, 20]);
    scorer.add([0.5, 0.25, 0.25], 4); // median at the end of the first bin, 10: off by 6
    scorer.add([0, 1, 0], 16); // median in the middle of 10 to 20
    expect(scorer.count).toBe(2);
    const { logLoss, medianErrorTicks } = scorer.scores();
    expect(logLoss).toBeCloseTo(Math.LN2 / 2, 12);
    expect(medianErrorTicks).toBeCloseTo((6 + 1) / 2, 12);
    expect(new TimeScorer([10]).scores()).toEqual({ logLoss: NaN, medianErrorTicks: NaN });
  });
});

describe('the timing of a report', () => {
  it('scores a model that sees what the time depends on above frequencies of times', async () => {
    const progress = train({
      ...training,
      createBackend: createCpuBackend,
      model: { units: 8, timeBins: 6, contexts: 0 },
      training: {
        epochs: 30,
        batchSize: 4,
        windowLength: 16,
        dropout: 0,
        fieldDropout: 0,
        heldOutFraction: 0,
        learningRate: { kind: 'constant', rate: 0.02 },
      },
    });
    let next = await progress.next();
    while (!next.done) next = await progress.next();
    const { timing } = evaluateCheckpoint(next.value.checkpoint, episodes);
    expect(timing).toMatchObject({ from: 'model', predictions: 4 * 99 });
    expect(timing?.rows.map(({ name }) => name)).toEqual(['unconditional', 'per-action', 'model']);
    const [unconditional, perAction, model] = timing!.rows;
    // The observation rules out half of the bins: ln 2 nats less. The action gives no information.
    expect(model.logLoss).toBeLessThan(unconditional.logLoss - 0.5);
    expect(Math.abs(perAction.logLoss - unconditional.logLoss)).toBeLessThan(0.1);
    expect(model.medianErrorTicks).toBeLessThan(unconditional.medianErrorTicks / 2);
  });

  it('is scored on the time after the step that the predictor was given', () => {
    const edges = [20];
    const counts = countTimes(edges, 3, training.episodes);
    let near = false;
    const seer = {
      name: 'seer',
      reset() {},
      next({ values }: { readonly values: Float32Array }, out: Float64Array) {
        near = values[0] === 1;
        out.fill(1 / 3);
      },
      get timeProbabilities() {
        return near ? [1, 0] : [0, 1];
      },
    };
    const { timing } = scorePredictors(spec, episodes, [seer], {
      timeEdges: edges,
      times: { from: 'baseline-data', counts },
    });
    expect(timing?.from).toBe('baseline-data');
    const [unconditional, , row] = timing!.rows;
    expect(unconditional.logLoss).toBeCloseTo(Math.LN2, 1);
    expect(row).toMatchObject({ name: 'seer', logLoss: 0 });
  });

  it('is left out where times are fixed or not predicted', () => {
    const checkpoint = randomCheckpoint(training, { seed: 1 });
    expect(evaluateCheckpoint(checkpoint, episodes).timing?.rows).toHaveLength(3);
    const { timeCounts, ...old } = checkpoint.statistics;
    expect(timeCounts).toHaveLength(3);
    expect(evaluateCheckpoint({ ...checkpoint, statistics: old }, episodes).timing).toBeUndefined();
    const timeless = randomCheckpoint(training, { seed: 1, model: { timeBins: 0 } });
    expect(evaluateCheckpoint(timeless, episodes).timing).toBeUndefined();
    const sampling = { kind: 'everyTicks', ticks: 6 } as const;
    const everyTicks = { ...checkpoint, spec: { ...TIMED_SPEC, sampling } };
    expect(evaluateCheckpoint(everyTicks, episodes).timing).toBeUndefined();
  });

  it('is compared with the times it is given, where the checkpoint has none', () => {
    const checkpoint = randomCheckpoint(training, { seed: 1 });
    const { timeCounts: counts, ...old } = checkpoint.statistics;
    const times = { from: 'training-files', counts: counts! } as const;
    const without = evaluateCheckpoint({ ...checkpoint, statistics: old }, episodes, { times });
    const own = evaluateCheckpoint(checkpoint, episodes);
    expect(without.timing).toEqual({ ...own.timing, from: 'training-files' });
    expect(statistics.timeCounts).toHaveLength(3);
  });
});
