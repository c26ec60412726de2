import { afterAll, expect, it } from 'vitest';
import { evaluateCheckpoint } from '../../src/evaluate/evaluate.ts';
import { scoreOnThreads } from '../../src/threads/score-on-threads.ts';
import { isWorthThreads } from '../../src/threads/split-backend.ts';
import { ThreadPool } from '../../src/threads/thread-pool.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const pool = new ThreadPool(2);
afterAll(() => pool.dispose());

const set = habitualEpisodes({ sessions: 4, length: 120, seed: 2 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 1, units: 80 } });
const older = set.episodes.slice(0, 2);
const scored = set.episodes.slice(2);
const STEPS = 6 * 120;

it('scores the rows of the model on threads, and reports how far each of them is', async () => {
  // Otherwise the rows would be scored here.
  expect(isWorthThreads(checkpoint.weights.length, 144 * STEPS)).toBe(true);
  const reached = new Map<string, number[]>();
  const report = await scoreOnThreads(checkpoint, scored, {
    pool,
    older,
    onProgress({ row, step, steps }) {
      expect(steps).toBe(STEPS);
      reached.set(row, [...(reached.get(row) ?? []), step]);
    },
  });
  const frozen = evaluateCheckpoint(checkpoint, scored).rows;
  expect(report.rows).toEqual([...frozen, expect.objectContaining({ name: 'model-adaptive' })]);
  expect([...reached.keys()].sort()).toEqual(['model', 'model-adaptive', 'ngram-mix']);
  for (const steps of reached.values()) {
    expect(steps).toHaveLength(100);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(STEPS);
  }
});

it('has no row that keeps learning without older sessions', async () => {
  const { rows } = await scoreOnThreads(checkpoint, scored, { pool, older: undefined });
  expect(rows.at(-1)!.name).toBe('model');
});
