import { describe, expect, it } from 'vitest';
import { BASELINES, createBaselines } from '../../src/evaluate/baselines.ts';
import { CATEGORY_BASELINES, categoryBaselines } from '../../src/evaluate/category-ngram.ts';
import { evaluateCheckpoint, scorePredictors } from '../../src/evaluate/evaluate.ts';
import { leaveOutTrained } from '../../src/evaluate/leave-out-trained.ts';
import { modelPredictor } from '../../src/evaluate/model-predictor.ts';
import type { SequencePredictor } from '../../src/evaluate/sequence-predictor.ts';
import type { Episode } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const training = habitualEpisodes({ sessions: 4, length: 150, seed: 1 });
const { spec, episodes } = habitualEpisodes({ sessions: 3, length: 60, seed: 2 });
const checkpoint = randomCheckpoint(training, { seed: 3 });
const ACTIONS = spec.action.actions.length;

/** Records the predictions at every step. */
function recording(inner: SequencePredictor, predicted: number[][]): SequencePredictor {
  return {
    name: inner.name,
    reset: () => inner.reset(),
    next(step, out) {
      const guess = inner.next(step, out);
      predicted.push([...out, guess ?? -1]);
      return guess;
    },
  };
}

const allPredictors = (): SequencePredictor[] => [
  ...createBaselines(ACTIONS, checkpoint.trainedOn.actions),
  ...categoryBaselines(spec, training.episodes),
  modelPredictor(checkpoint),
];

/** The episode with everything from step `from` on in another order. */
function withShuffledFuture(episode: Episode, from: number): Episode {
  const rng = createRng(9);
  const order = Array.from({ length: episode.length - from }, (_, i) => from + i);
  rng.shuffle(order);
  const column = <T extends Float32Array | Uint16Array>(values: T): T => {
    const copy = values.slice() as T;
    order.forEach((source, i) => (copy[from + i] = values[source]));
    return copy;
  };
  const ticks = episode.ticks.slice();
  for (let i = from; i < ticks.length; i++) ticks[i] = ticks[i - 1] + 1 + rng.int(40);
  return {
    ...episode,
    ticks,
    endTick: ticks.at(-1)! + 1,
    actions: column(episode.actions),
    columns: episode.columns.map(column),
  };
}

describe('evaluateCheckpoint', () => {
  it('adds the baselines that see observations where it is given whole episodes, and reports each step', () => {
    const seen = new Map<string, number>();
    const { rows } = evaluateCheckpoint(checkpoint, episodes, {
      baselineEpisodes: training.episodes,
      onProgress({ row, step, steps }) {
        expect(step).toBe((seen.get(row) ?? 0) + 1);
        expect(steps).toBe(6 * 60);
        seen.set(row, step);
      },
    });
    expect(rows.map(({ name }) => name)).toEqual([...BASELINES, ...CATEGORY_BASELINES, 'model']);
    expect([...seen]).toEqual(rows.map(({ name }) => [name, 6 * 60]));
  });

  it('scores every row on every step but the first of each episode', () => {
    const report = evaluateCheckpoint(checkpoint, episodes);
    expect(report.predictions).toBe(6 * 59);
    expect(report.scored).toBe('all');
    expect(report.rows.map(({ name }) => name)).toEqual([...BASELINES, 'model']);
    for (const { top1, top3, logLoss, ece } of report.rows) {
      expect(top1).toBeGreaterThanOrEqual(0);
      expect(top3).toBeGreaterThanOrEqual(top1);
      expect(top3).toBeLessThanOrEqual(1);
      expect(logLoss).toBeGreaterThan(0);
      expect(ece).toBeGreaterThanOrEqual(0);
      expect(ece).toBeLessThanOrEqual(1);
    }
  });

  it('finds a habit that depends on the action before the last', () => {
    const row = (name: string) =>
      evaluateCheckpoint(checkpoint, episodes).rows.find((other) => other.name === name)!;
    // The habit decides 92.5 % of the steps; the last action alone determines the attack 1 in 3 times.
    expect(row('ngram-2').top1).toBeGreaterThan(0.85);
    expect(row('ngram-1').top1).toBeLessThan(0.7);
    expect(row('ngram-2').logLoss).toBeLessThan(row('ngram-1').logLoss);
    expect(row('ngram-1').logLoss).toBeLessThan(row('majority').logLoss);
  });

  it('never looks ahead: later steps do not change an earlier prediction', () => {
    for (const from of [1, 20, 59]) {
      const original: number[][][] = [];
      const shuffled: number[][][] = [];
      const run = (first: Episode, predicted: number[][][]) =>
        scorePredictors(
          spec,
          [first, ...episodes.slice(1)],
          allPredictors().map((predictor, row) => recording(predictor, (predicted[row] = []))),
        );
      run(episodes[0], original);
      run(withShuffledFuture(episodes[0], from), shuffled);
      for (const [row, predicted] of original.entries())
        expect(shuffled[row].slice(0, from), `row ${row}`).toEqual(predicted.slice(0, from));
    }
    // The check can fail: an early change does alter the predictions after it.
    const changed = withShuffledFuture(episodes[0], 1);
    expect(changed.actions).not.toEqual(episodes[0].actions);
  });

  it('lets only rows that learn in play carry something from one episode to the next', () => {
    const predicted = allPredictors().map((predictor) => {
      const all: number[][] = [];
      scorePredictors(spec, episodes, [recording(predictor, all)]);
      return all.slice(-episodes[5].length);
    });
    const predictedAlone = allPredictors().map((predictor) => {
      const all: number[][] = [];
      scorePredictors(spec, [episodes[5]], [recording(predictor, all)]);
      return all;
    });
    allPredictors().forEach(({ name }, row) => {
      if (name.endsWith('-adaptive') || name === 'model')
        expect(predicted[row], name).not.toEqual(predictedAlone[row]);
      else expect(predicted[row], name).toEqual(predictedAlone[row]);
    });
  });

  it('scores the adaptive row better on a player with other habits', () => {
    const swapped = episodes.map((episode) => ({
      ...episode,
      actions: episode.actions.map((action) => 3 - action),
    }));
    const { rows } = evaluateCheckpoint(checkpoint, swapped);
    const row = (name: string) => rows.find((other) => other.name === name)!;
    expect(row('ngram-2-adaptive').logLoss).toBeLessThan(row('ngram-2').logLoss - 0.2);
  });

  it('scores only changes of action where steps come every n ticks', () => {
    const everyTicks = { ...spec, sampling: { kind: 'everyTicks', ticks: 6 } as const };
    const held = episodes.map((episode) => ({
      ...episode,
      actions: episode.actions.map((_, i) => episode.actions[i - (i % 3)]),
    }));
    const changes = held.reduce(
      (sum, { actions }) => sum + actions.filter((a, i) => i && a !== actions[i - 1]).length,
      0,
    );
    const report = evaluateCheckpoint({ ...checkpoint, spec: everyTicks }, held);
    expect(report.scored).toBe('changes');
    expect(report.predictions).toBe(changes);
    expect(report.rows.find(({ name }) => name === 'repeat-last')?.top1).toBe(0);
  });

  it('fits the baselines on the actions it is given', () => {
    const { rows } = evaluateCheckpoint(checkpoint, episodes, {
      baselineActions: [new Uint16Array(50).fill(3)],
    });
    const threes = episodes.flatMap(({ actions }) => [...actions].slice(1));
    expect(rows[0].top1).toBeCloseTo(threes.filter((a) => a === 3).length / threes.length, 12);
  });

  it.each([
    ['nothing to fit on', [], episodes, /--baseline-data/],
    ['actions of another spec', [Uint16Array.of(0, 9)], episodes, /action 9.*0 to 3/],
    ['nothing to score', undefined, [], /nothing to score in 0 episodes/],
  ])('refuses %s', (_, baselineActions, scored, message) => {
    const options = baselineActions && { baselineActions };
    expect(() => evaluateCheckpoint(checkpoint, scored, options)).toThrow(message);
  });

  it('refuses a checkpoint without training actions unless some are given', () => {
    const bare = { ...checkpoint, trainedOn: { ...checkpoint.trainedOn, actions: [] } };
    expect(() => evaluateCheckpoint(bare, episodes)).toThrow(/holds none/);
  });
});

describe('leaveOutTrained', () => {
  it('leaves out every episode of a session that was trained on', () => {
    const learned = randomCheckpoint(training, { seed: 1, trainedOn: episodes.slice(0, 2) });
    const { episodes: left, excludedSessions } = leaveOutTrained(learned, episodes);
    expect(left).toEqual(episodes.slice(2));
    expect(excludedSessions).toEqual([episodes[0].session]);
    expect(leaveOutTrained(checkpoint, episodes).excludedSessions).toEqual([]);
  });
});
