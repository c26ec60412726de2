import { expect, it } from 'vitest';
import {
  BURST_DEFAULTS,
  BURST_TRAINING,
  EXPERT_BURST,
  burstTraining,
} from '../../src/model/burst-training.ts';
import { episodeOf, habit } from '../plugin/episodes.ts';

const updatesFor = (length: number): number => {
  const { epochs, batchSize, windowStride } = burstTraining([episodeOf(habit(length))]);
  return epochs! * Math.ceil(Math.ceil(length / windowStride!) / batchSize!);
};

it('makes about the same number of updates from few steps and from many', () => {
  for (const length of [2, 50, 200, 1000])
    expect(Math.abs(updatesFor(length) - BURST_DEFAULTS.updates)).toBeLessThanOrEqual(10);
});

it('has at least a few epochs on very many steps', () => {
  expect(burstTraining([episodeOf(habit(20_000))]).epochs).toBe(BURST_DEFAULTS.minEpochs);
});

it('lets the caller override its config', () => {
  expect(burstTraining([episodeOf(habit(50))], { epochs: 2, dropout: 0 })).toEqual({
    ...BURST_TRAINING,
    epochs: 2,
    dropout: 0,
  });
});

it('trains less strongly where experts learn the player', () => {
  const steps = [episodeOf(habit(50))];
  const [alone, mixed] = [false, true].map((experts) => burstTraining(steps, {}, { experts }));
  expect(mixed.learningRate).toEqual(EXPERT_BURST.learningRate);
  expect(mixed.epochs).toBe(alone.epochs);
  const asked = { learningRate: { kind: 'constant', rate: 0.1 } } as const;
  expect(burstTraining(steps, asked, { experts: true }).learningRate).toEqual(asked.learningRate);
});
