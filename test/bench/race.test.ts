import { describe, expect, it } from 'vitest';
import { race } from './race.ts';
import type { Contestant } from './race.ts';

/** An engine that takes `ms` for each run, and logs when it is called. */
function fake(engine: string, ms: number, turns: string[] = []): Contestant {
  return {
    engine,
    async time(times) {
      turns.push(`${engine} ${times}`);
      return { ms: ms * times, dispatches: 3 * times };
    },
  };
}

describe('race', () => {
  it('gives the time and the dispatches of one run', async () => {
    const [time] = await race([fake('a', 5)], { repeats: 4 });
    expect(time).toMatchObject({ engine: 'a', ms: 5, from: 5, to: 5, rounds: 4, dispatches: 3 });
  });

  it('runs the engines alternately after the warm-up', async () => {
    const turns: string[] = [];
    const engines = [fake('a', 100, turns), fake('b', 50, turns)];
    await race(engines, { repeats: 3, roundMs: 100, warmUpMs: 100 });
    expect(turns.slice(-6)).toEqual(['a 1', 'b 2', 'a 1', 'b 2', 'a 1', 'b 2']);
  });

  it('gives a slow engine fewer rounds, at least three', async () => {
    const [slow, fast] = await race([fake('slow', 4000), fake('fast', 1)], { budgetMs: 5000 });
    expect(slow).toMatchObject({ rounds: 3, runsPerRound: 1 });
    expect(fast.rounds).toBe(9);
    expect(fast.runsPerRound).toBe(250);
  });
});
