import { afterEach, expect, it } from 'vitest';
import { ThreadPool } from '../../src/threads/thread-pool.ts';
import { connectionOf } from '../../src/threads/training-part.ts';
import { randomBatch, randomWeights, smallShape, trainingWith } from '../train/problem.ts';

const pools: ThreadPool[] = [];
function open(size: number): ThreadPool {
  const pool = new ThreadPool(size);
  pools.push(pool);
  return pool;
}
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

const shape = smallShape();
const options = { shape, training: trainingWith({}), weights: randomWeights(shape), index: 0 };

it('does as many tasks at once as it has threads, and the others later', async () => {
  const pool = open(2);
  const lengths = await Promise.all([1, 2, 3, 4, 5].map(() => pool.run('openPart', options)));
  expect(new Set(lengths).size).toBe(1);
});

it('rejects with the error of the task, and continues', async () => {
  const pool = open(1);
  await expect(
    pool.run('fold', {
      spec: { name: 'x' } as never,
      episodes: [],
      training: { epochs: -1 },
      engine: 'cpu',
      heldOut: [],
    }),
  ).rejects.toMatchObject({ code: 'bad-config' });
  await expect(pool.run('weights', undefined)).rejects.toThrow('no part of a training run');
  expect(await pool.run('openPart', options)).toBeGreaterThan(0);
});

it('ends threads that wait for one another', async () => {
  const pool = open(1);
  const thread = await pool.take();
  const length = await thread.call('openPart', options);
  await thread.call('connectPart', connectionOf(length, 2));
  // The second part never comes.
  const batch = randomBatch(shape);
  const step = thread.call('step', { update: 1, batch, used: 2, targets: 9, rate: 0.1 });
  pool.dispose();
  await expect(step).rejects.toMatchObject({ code: 'cancelled' });
  await expect(pool.run('weights', undefined)).rejects.toMatchObject({ code: 'cancelled' });
});
