import { describe, expect, it } from 'vitest';
import { ablation, variantsOf } from '../../src/evaluate/ablation.ts';
import { replayOf } from '../../src/train/replay.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 3, length: 60, seed: 2 });
const checkpoint = randomCheckpoint(set, {
  seed: 1,
  model: { contexts: 2, embedding: 3, unaided: true, feedForward: 4 },
});

describe('variantsOf', () => {
  it('leaves out one part at a time and keeps all others', () => {
    const variants = variantsOf(checkpoint);
    const names = variants.map(({ name }) => name);
    expect(names).toContain('without experts');
    expect(names).toContain('without the unaided head');
    expect(names).toContain('without the feed-forward network');
    for (const { model, training } of variants) {
      const keys = [
        ...Object.entries(model).filter(
          ([key, value]) => value !== Reflect.get(checkpoint.model, key),
        ),
        ...Object.entries(training).filter(
          ([key, value]) => value !== Reflect.get(checkpoint.training, key),
        ),
      ];
      expect(keys).toHaveLength(1);
    }
  });

  it('omits parts that a model does not use', () => {
    const model = { contexts: 0, embedding: 0, unaided: true };
    const plain = randomCheckpoint(set, { seed: 1, model });
    const names = variantsOf(plain).map(({ name }) => name);
    expect(names).not.toContain('without experts');
    expect(names).not.toContain('without embeddings');
    expect(names).not.toContain('without the unaided head');
    expect(names).not.toContain('without the feed-forward network');
  });
});

describe('ablation', () => {
  it('compares everything with the whole model, on the same steps', () => {
    const other = { ...checkpoint, weights: checkpoint.weights.map(() => 0) };
    const cached = { ...checkpoint, model: { ...checkpoint.model, cache: 50 } };
    const rows = ablation(cached, set.episodes, {
      variants: new Map([['without anything', other]]),
      replay: replayOf(checkpoint, set.episodes),
    });
    expect(rows.map(({ name }) => name)).toEqual([
      'model',
      'with learning in play',
      'without the blend',
      'without the network',
      'without the neural cache',
      'without anything',
    ]);
    const [whole, ...rest] = rows;
    expect(whole.difference).toBe(0);
    for (const { logLoss, difference, low, high } of rest) {
      expect(difference).toBeCloseTo(logLoss - whole.logLoss, 8);
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
    }
  });
});
