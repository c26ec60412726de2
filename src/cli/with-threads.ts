import { availableParallelism } from 'node:os';
import { ThreadPool } from '../threads/thread-pool.ts';

/** Gives `work` threads, and ends them afterwards. */
export async function withThreads<T>(
  threads: number = availableParallelism(),
  work: (pool: ThreadPool) => Promise<T>,
): Promise<T> {
  const pool = new ThreadPool(threads);
  try {
    return await work(pool);
  } finally {
    pool.dispose();
  }
}
