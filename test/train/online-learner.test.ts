import { describe, expect, it } from 'vitest';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { OnlineOptions } from '../../src/model/online-options.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { OnlineLearner, openNetwork } from '../../src/train/online-learner.ts';
import type { Learned } from '../../src/train/online-learner.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 4 });
const checkpoint = randomCheckpoint(set, { seed: 2, model: { contexts: 0 } });
const [newest, ...older] = set.episodes;

/** Plays an episode to a learner; returns what each update comes to. */
function play(
  options: OnlineOptions,
  { episode = newest, replay = older }: { episode?: Episode; replay?: readonly Episode[] } = {},
): { readonly learner: OnlineLearner; readonly learned: readonly Learned[] } {
  const learner = new OnlineLearner(checkpoint, { episodes: replay }, options);
  let network = openNetwork(learner.network);
  const learned: Learned[] = [];
  for (let i = 0; i < episode.length; i++) {
    if (!learner.observe('player', stepAt(episode, i), null)) continue;
    network.step(learner.batch('player'), learner.rate);
    const taken = learner.take(network.weights);
    if (taken.rolledBack) network = openNetwork(learner.network);
    learned.push(taken);
  }
  return { learner, learned };
}

describe('OnlineLearner', () => {
  it('is due every few steps, as soon as there are two', () => {
    expect(play({}).learned).toHaveLength(10);
    expect(play({ everySteps: 1 }).learned).toHaveLength(39);
  });

  it('returns the running average of the weights that it continues to train', () => {
    const [plain, averaged] = [play({ averaging: 0 }).learned, play({ averaging: 0.75 }).learned];
    const average = checkpoint.weights.slice();
    plain.slice(0, 3).forEach(({ weights }, i) => {
      weights.forEach((weight, j) => (average[j] += 0.25 * (weight - average[j])));
      averaged[i].weights.forEach((weight, j) => expect(weight).toBeCloseTo(average[j], 6));
    });
    expect(plain[2].weights).not.toEqual(averaged[2].weights);
  });

  it('returns copies, and does not change the checkpoint', () => {
    const before = checkpoint.weights.slice();
    const [first, second] = play({ averaging: 0.5 }).learned;
    expect(first.weights).not.toEqual(second.weights);
    expect(first.weights).not.toEqual(before);
    expect(checkpoint.weights).toEqual(before);
  });

  it('learns also without older sessions', () => {
    const { learned } = play({}, { replay: [] });
    expect(learned.every(({ weights }) => weights.every(Number.isFinite))).toBe(true);
  });

  it('knows how both weights predicted the steps, before it learned from them', () => {
    const { learner } = play({ rate: 0.01, averaging: 0 });
    const { updates, rollbacks, learned, frozen } = learner.figures;
    expect({ updates, rollbacks }).toEqual({ updates: 10, rollbacks: 0 });
    expect(learned.logLoss).toBeLessThan(frozen.logLoss - 0.1);
    expect(learned.accuracy).toBeGreaterThan(frozen.accuracy);
    expect(new OnlineLearner(checkpoint, { episodes: [] }).figures.learned.logLoss).toBeNaN();
  });

  it('rolls back at once when the weights go far off, and tries again from good ones', () => {
    const { learner, learned } = play({ rate: 30, averaging: 0 });
    expect(learned.every(({ rolledBack }) => rolledBack)).toBe(true);
    for (const { weights } of learned) expect(weights).toEqual(checkpoint.weights);
    expect(learner.figures).toMatchObject({ updates: 10, rollbacks: 10 });
    expect(learner.figures.learned).toEqual(learner.figures.frozen);
  });

  it('rolls back to the last good weights when numbers break', () => {
    const learner = new OnlineLearner(checkpoint, { episodes: [] });
    const feed = (from: number): void => {
      for (let i = from; i < from + 4; i++) learner.observe('player', stepAt(newest, i), null);
      learner.batch('player');
    };
    feed(0);
    const good = learner.take(checkpoint.weights.map((weight) => weight * 0.99));
    expect(good.rolledBack).toBe(false);
    feed(4);
    const broken = checkpoint.weights.slice();
    broken[3] = NaN;
    expect(learner.take(broken)).toEqual({ weights: good.weights, rolledBack: true });
    expect(learner.network.weights).toEqual(good.weights);
  });

  it('rolls back to the first weights when those learned do worse on what follows', () => {
    const uniform = { ...checkpoint, weights: checkpoint.weights.map(() => 0) };
    const learner = new OnlineLearner(uniform, { episodes: [] }, { rate: 0.05, averaging: 0 });
    // The network alone: simple models would learn what the player does.
    const predictor = createPredictor(uniform, { blend: false });
    let network = openNetwork(learner.network);
    let action = 0;
    for (let i = 0; i < 400 && !learner.figures.rollbacks; i++) {
      const step = { ...stepAt(newest, 0), tick: 10 * i, action };
      const { probabilities } = predictor.observe('player', step);
      // Whatever it learns, this player does something else.
      action = probabilities.indexOf(Math.min(...probabilities));
      if (!learner.observe('player', step, null)) continue;
      network.step(learner.batch('player'), learner.rate);
      const { weights, rolledBack } = learner.take(network.weights);
      predictor.swap({ ...uniform, weights });
      if (rolledBack) network = openNetwork(learner.network);
    }
    expect(learner.figures.rollbacks).toBe(1);
    expect(learner.network.weights.every((weight) => weight === 0)).toBe(true);
  });
});
