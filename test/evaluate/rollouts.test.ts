import { describe, expect, it } from 'vitest';
import { simplePredictor } from '../../src/evaluate/simple-predictor.ts';
import { evaluateCheckpoint } from '../../src/evaluate/evaluate.ts';
import { ngramRollouts, rolloutBaselines } from '../../src/evaluate/rollout-predictors.ts';
import { rolloutReport } from '../../src/evaluate/rollouts.ts';
import type { RolloutReport } from '../../src/evaluate/rollouts.ts';
import { Scorer } from '../../src/evaluate/scorer.ts';
import { NgramModel } from '../../src/experts/ngram.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { HABITUAL_SPEC, habitualEpisodes } from '../predict/habitual.ts';

const training = habitualEpisodes({ sessions: 4, length: 80, seed: 1 });
const { episodes } = habitualEpisodes({ sessions: 2, length: 60, seed: 2 });
const checkpoint = randomCheckpoint(training, { seed: 1, model: { contexts: 2 } });

const rowOf = ({ horizons }: RolloutReport, name: string, k: number) =>
  horizons[k - 1].rows.find((row) => row.name === name)!;

describe('a report on roll-outs', () => {
  const report = rolloutReport(checkpoint, episodes, { predictions: 60, samples: 8 });

  it('scores the same actions at every k, thinned out evenly', () => {
    // 55 of each of 4 episodes have five steps before them.
    expect(report.every).toBe(Math.ceil(220 / 60));
    expect(report.predictions).toBe(220 / 4);
    expect(report.horizons.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5]);
    const majority = report.horizons.map(({ k }) => rowOf(report, 'majority', k));
    expect(new Set(majority.map(({ logLoss }) => logLoss)).size).toBe(1);
  });

  it('gives the plain prediction one step ahead', () => {
    const scorer = new Scorer();
    const baseline = new Scorer();
    const model = new NgramModel({ order: 2, actions: 4 });
    for (const { actions } of training.episodes) model.learnEpisode(actions);
    const ngram = simplePredictor('ngram-2', model);
    const shares = new Float64Array(4);
    let eligible = 0;
    const predictor = createPredictor(checkpoint);
    for (const episode of episodes) {
      predictor.remove('x');
      ngram.reset();
      for (let i = 0; i < episode.length; i++) {
        if (i >= 5 && eligible++ % 4 === 0) {
          scorer.add(predictor.prediction('x')!.probabilities, episode.actions[i]);
          baseline.add(shares, episode.actions[i]);
        }
        predictor.observe('x', stepAt(episode, i));
        ngram.next(stepAt(episode, i), shares);
      }
    }
    const { top1, logLoss } = scorer.scores();
    expect(rowOf(report, 'model', 1)).toEqual({ name: 'model', top1, logLoss });
    const simple = baseline.scores();
    expect(rowOf(report, 'ngram-2', 1).top1).toBe(simple.top1);
    expect(rowOf(report, 'ngram-2', 1).logLoss).toBeCloseTo(simple.logLoss, 9);
  });

  it('gives the rows of the evaluation one step ahead where every action is scored', () => {
    const all = { predictions: 1e6, samples: 1, horizon: 1 };
    const rolled = rolloutReport(checkpoint, episodes, all);
    const { rows, predictions } = evaluateCheckpoint(checkpoint, episodes);
    expect(rolled.predictions).toBe(predictions);
    for (const { name, top1, logLoss } of rolled.horizons[0].rows) {
      const own = rows.find((row) => row.name === name)!;
      expect(top1).toBe(own.top1);
      expect(logLoss).toBeCloseTo(own.logLoss, 9);
    }
  });

  it('is the same for the same seed', () => {
    const again = (seed?: number): RolloutReport =>
      rolloutReport(checkpoint, episodes, {
        predictions: 20,
        samples: 4,
        ...(seed !== undefined && { seed }),
      });
    expect(again()).toEqual(again(1));
    expect(again(2)).not.toEqual(again(1));
  });

  it('scores only changes of action where steps are at fixed ticks, each from k steps before', () => {
    const spec = defineSpec({
      name: 'ticking',
      sampling: { kind: 'everyTicks', ticks: 6 },
      observation: HABITUAL_SPEC.observation.fields,
      action: HABITUAL_SPEC.action.actions,
    });
    const slow = episodes.map((episode): Episode => ({
      ...episode,
      ticks: episode.ticks.map((_, i) => 6 * i),
      actions: episode.actions.map((_, i) => episode.actions[i >> 2]),
      endTick: 6 * episode.length,
    }));
    const ticking = randomCheckpoint(
      { spec, episodes: slow },
      { seed: 1, model: { continuous: ['distance'], timeBins: 0 } },
    );
    const { predictions, horizons } = rolloutReport(ticking, slow, { samples: 4, horizon: 3 });
    const changes = slow.flatMap(({ actions }) =>
      [...actions].filter((action, i) => i >= 3 && action !== actions[i - 1]),
    );
    expect(predictions).toBe(changes.length);
    expect(predictions).toBe(evaluateCheckpoint(ticking, slow).predictions);
    for (const { values } of horizons) {
      expect(values).toHaveLength(1);
      const [{ name, rmse, persistence, skill }] = values!;
      expect(name).toBe('distance');
      expect(values![0].predictions).toBe(predictions);
      expect(skill).toBeCloseTo(1 - rmse / persistence, 12);
    }
  });

  it('refuses episodes shorter than the horizon, and a horizon or sample count below 1', () => {
    expect(() => rolloutReport(checkpoint, episodes, { horizon: 60 })).toThrow(
      expect.objectContaining({
        code: 'bad-data',
        message: expect.stringMatching(/60 steps before it.*smaller horizon/),
      }),
    );
    expect(() => rolloutReport(checkpoint, episodes, { samples: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-config' }),
    );
    expect(() => rolloutReport(checkpoint, episodes, { horizon: 0 })).toThrow(
      expect.objectContaining({ code: 'bad-config' }),
    );
  });
});

describe('simple predictors rolled out', () => {
  it('approach the exact sums over all sequences when there are enough samples', () => {
    const model = new NgramModel({ order: 2, actions: 4 });
    for (const { actions } of training.episodes) model.learnEpisode(actions);
    const predictor = ngramRollouts('ngram-2', model, { samples: 16 });
    const history = [0, 1, 0];
    for (const action of history) predictor.next({ tick: 0, action, values: new Float32Array(2) });
    const rows = predictor.rollout(3);
    const exact = (path: number[], left: number): Float64Array => {
      const shares = Float64Array.from(model.probabilities(path));
      if (!left) return shares;
      const sums = new Float64Array(4);
      shares.forEach((share, action) =>
        exact([...path, action], left - 1).forEach((p, a) => (sums[a] += share * p)),
      );
      return sums;
    };
    rows.forEach((row, k) => exact(history, k).forEach((p, a) => expect(row[a]).toBeCloseTo(p, 9)));
  });

  it('have rows that sum to 1, and do not learn from drawn actions', () => {
    const make = () =>
      rolloutBaselines(
        4,
        training.episodes.map(({ actions }) => actions),
        { samples: 5 },
      );
    const [rolled, plain] = [make(), make()];
    expect(rolled.map(({ name }) => name)).toEqual(['majority', 'ngram-2', 'ngram-2-adaptive']);
    rolled.forEach((predictor, i) => {
      predictor.reset();
      plain[i].reset();
      for (let step = 0; step < 30; step++) {
        predictor.next(stepAt(episodes[0], step));
        plain[i].next(stepAt(episodes[0], step));
        for (const row of predictor.rollout(4))
          expect(Array.from(row).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        expect(predictor.rollout(1)).toEqual(plain[i].rollout(1));
      }
    });
  });
});
