/** Trains once as `foresight train` does, on invented players, and prints what that took as JSON. */
import process from 'node:process';
import { POPULATION_MODEL, POPULATION_TRAINING } from '../../../src/model/population.ts';
import { splitBackends } from '../../../src/threads/split-backend.ts';
import { ThreadPool } from '../../../src/threads/thread-pool.ts';
import { train } from '../../../src/train/trainer.ts';
import { inventPlayers } from './invent-players.ts';
import type { Measured } from './recordings.ts';

const [steps, threads, epochs] = process.argv.slice(2).map(Number);
const pool = new ThreadPool(threads);

/** Seconds until the first batch, and of the whole training. */
async function timeTraining(some: number, passes: number): Promise<[number, number]> {
  const { spec, episodes } = inventPlayers(some);
  const create = splitBackends('auto', { pool, steps: Infinity });
  const began = performance.now();
  let prepared = began;
  const run = train({
    spec,
    episodes,
    model: POPULATION_MODEL,
    training: { ...POPULATION_TRAINING, epochs: passes },
    createBackend: (options) => {
      prepared = performance.now();
      return create(options);
    },
  });
  while (!(await run.next()).done);
  return [(prepared - began) / 1000, (performance.now() - began) / 1000];
}

// Loads and compiles everything, so that it counts for no size.
await timeTraining(2000, 1);
const idle = process.resourceUsage().maxRSS;
const [prepareSeconds, seconds] = await timeTraining(steps, epochs);
pool.dispose();
const measured: Measured = {
  steps,
  prepareSeconds,
  seconds,
  // Of kilobytes.
  mebibytes: (process.resourceUsage().maxRSS - idle) / 1024,
};
console.log(JSON.stringify(measured));
