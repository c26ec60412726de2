import { describe, expect, it } from 'vitest';
import { OnlineLearner } from '../../src/train/online-learner.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 40, seed: 4 });
const checkpoint = randomCheckpoint(set, { seed: 2, model: { contexts: 0 } });
const [newest, ...older] = set.episodes;

/** The weights that each of three updates returns. */
function updates(averaging: number): Float32Array[] {
  const learner = new OnlineLearner(checkpoint, { episodes: older }, { averaging });
  return Array.from({ length: 3 }, () => learner.update(newest));
}

describe('OnlineLearner', () => {
  it('returns the running average of the weights that it continues to train', () => {
    const [plain, averaged] = [updates(0), updates(0.75)];
    const average = checkpoint.weights.slice();
    plain.forEach((weights, i) => {
      weights.forEach((weight, j) => (average[j] += 0.25 * (weight - average[j])));
      averaged[i].forEach((weight, j) => expect(weight).toBeCloseTo(average[j], 6));
    });
    expect(plain[2]).not.toEqual(averaged[2]);
  });

  it('returns copies, and does not change the checkpoint', () => {
    const before = checkpoint.weights.slice();
    const [first, second] = updates(0.5);
    expect(first).not.toEqual(second);
    expect(first).not.toEqual(before);
    expect(checkpoint.weights).toEqual(before);
  });

  it('learns also without older sessions', () => {
    const learner = new OnlineLearner(checkpoint, { episodes: [] });
    expect(learner.update(newest).every(Number.isFinite)).toBe(true);
  });
});
