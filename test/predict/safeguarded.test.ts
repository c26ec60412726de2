import { describe, expect, it } from 'vitest';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { simulate } from '../../src/predict/simulate.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const set = habitualEpisodes({ sessions: 3, length: 60, seed: 2 });
// A player who does the same in turn, which no player did in training.
const turns: Episode = {
  ...set.episodes[0],
  actions: set.episodes[0].actions.map((_, i) => i % 4),
};

describe.each([
  { contexts: 0, cache: 0 },
  { contexts: 2, cache: 0 },
  { contexts: 2, cache: 25 },
])('a model with $contexts contexts, a cache of $cache steps, and simple models', (model) => {
  const checkpoint = randomCheckpoint(set, { seed: 1, model });
  const other = randomCheckpoint(set, { seed: 5, model });

  function watching(steps: number, from = checkpoint): Predictor {
    const predictor = createPredictor(from);
    for (let i = 0; i < steps; i++) predictor.observe('hero', stepAt(turns, i));
    return predictor;
  }
  const shareOf = (predictor: Predictor, action: number): number =>
    predictor.prediction('hero')!.probabilities[action];

  it('predicts what the player does although the network does not', () => {
    expect(shareOf(watching(60), 0)).toBeGreaterThan(0.8);
  });

  it('knows the player in the next episode, and forgets it at the end', () => {
    const predictor = watching(60);
    predictor.reset('hero');
    predictor.observe('hero', stepAt(turns, 0));
    const known = shareOf(predictor, 1);
    expect(known).toBeGreaterThan(0.3);
    predictor.remove('hero');
    predictor.observe('hero', stepAt(turns, 0));
    expect(shareOf(predictor, 1)).toBeLessThan(known);
  });

  it('gives the same at a swap to the same weights, and learns on', () => {
    const [swapped, plain] = [watching(30), watching(30)];
    swapped.swap({ ...checkpoint });
    expect(swapped.prediction('hero')).toEqual(plain.prediction('hero'));
    for (let i = 30; i < 40; i++)
      expect(swapped.observe('hero', stepAt(turns, i))).toEqual(
        plain.observe('hero', stepAt(turns, i)),
      );
  });

  it('keeps what it knows of the player at a swap to any weights', () => {
    const predictor = watching(60);
    predictor.swap(other);
    expect(shareOf(predictor, 0)).toBeGreaterThan(0.7);
  });

  it('recalls what the player did in earlier sessions', () => {
    const [known, stranger] = [createPredictor(checkpoint), createPredictor(checkpoint)];
    known.recall('hero', [turns]);
    for (const predictor of [known, stranger]) predictor.observe('hero', stepAt(turns, 0));
    expect(shareOf(known, 1)).toBeGreaterThan(shareOf(stranger, 1));
  });

  it('supposes what it would predict, without learning from it', () => {
    const [supposing, plain] = [watching(40), watching(40)];
    const shares: number[] = [];
    simulate(supposing, 'hero', ({ ahead, probabilities }) => {
      shares.push(probabilities[(39 + ahead) % 4]);
      return ahead < 8 ? stepAt(turns, 39 + ahead) : null;
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.6);
    expect(supposing.observe('hero', stepAt(turns, 40))).toEqual(
      plain.observe('hero', stepAt(turns, 40)),
    );
  });

  it('is the same for one character and for many', () => {
    const [one, many] = [createPredictor(checkpoint), createPredictor(checkpoint)];
    for (let i = 0; i < 20; i++) {
      const steps = new Map(['a', 'b'].map((name) => [name, stepAt(turns, i)]));
      many.observeMany(steps).forEach((prediction, index) => {
        const alone = one.observe([...steps.keys()][index], stepAt(turns, i));
        alone.probabilities.forEach((p, a) =>
          expect(prediction.probabilities[a]).toBeCloseTo(p, 5),
        );
      });
    }
  });
});
