import { describe, expect, it } from 'vitest';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 3, length: 60, seed: 2 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 2 } });
const other = { ...checkpoint, weights: checkpoint.weights.map((weight) => weight / 2) };
const [first, second] = set.episodes;

function watch(predictor: Predictor, steps: number, episode = first): void {
  for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(episode, i));
}

describe('predicting with experts', () => {
  it("adds their votes to the network's logits", () => {
    const predictor = createPredictor(checkpoint);
    watch(predictor, 20);
    const { probabilities, timeProbabilities } = predictor.prediction('hero')!;
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(timeProbabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    const silent = createPredictor({
      ...checkpoint,
      experts: {
        ...checkpoint.experts!,
        symbols: new Uint16Array(0),
        next: new Uint16Array(0),
        times: new Uint8Array(0),
        sessions: [],
      },
    });
    watch(silent, 20);
    expect(silent.prediction('hero')!.probabilities).not.toEqual(probabilities);
  });

  it('lets new weights predict after a swap as if they had watched from the start', () => {
    const swapped = createPredictor(checkpoint);
    watch(swapped, 40);
    swapped.swap(other);
    const fresh = createPredictor(other);
    watch(fresh, 40);
    const [found, expected] = [swapped, fresh].map((one) => one.prediction('hero')!);
    expect(found.timeProbabilities).toEqual(expected.timeProbabilities);
    const [later, latest] = [swapped, fresh].map((one) => one.observe('hero', stepAt(first, 40)));
    expect(later.timeProbabilities).toEqual(latest.timeProbabilities);
    // Trust in the network comes from the predictions in play, by the weights of that time.
    latest.probabilities.forEach((p, a) => {
      expect(Math.abs(later.probabilities[a] - p)).toBeLessThan(0.1);
    });
  });

  it('keeps what it knows about a player over episodes, until the character is removed', () => {
    const predictor = createPredictor(checkpoint);
    watch(predictor, 60);
    predictor.reset('hero');
    watch(predictor, 1, second);
    const known = predictor.experts('hero')!.matches.slice();
    predictor.remove('hero');
    watch(predictor, 1, second);
    expect(predictor.experts('hero')!.matches).not.toEqual(known);
    expect(predictor.experts('stranger')).toBeNull();
  });

  it('gives one and many characters the same predictions', () => {
    const [one, many] = [createPredictor(checkpoint), createPredictor(checkpoint)];
    for (let i = 0; i < 10; i++) {
      const steps = new Map([
        ['a', stepAt(first, i)],
        ['b', stepAt(second, i)],
      ]);
      const found = many.observeMany(steps);
      [...steps].forEach(([name, step], index) => {
        const alone = one.observe(name, step);
        alone.probabilities.forEach((p, a) => {
          expect(found[index].probabilities[a]).toBeCloseTo(p, 5);
        });
      });
    }
  });
});
