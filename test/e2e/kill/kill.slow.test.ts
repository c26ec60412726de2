import { appendFileSync, mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { killRuns } from './kill-runs.ts';

/** More or fewer: KILLS=5. Of another course: KILL_SEED=2. */
const kills = Number(process.env.KILLS ?? 50);
const seed = Number(process.env.KILL_SEED ?? 1);

it(`a browser that is killed ${kills} times loses at most a second of play each time`, async () => {
  const row = await killRuns({ kills, seed });
  const results = new URL('results/kills.jsonl', import.meta.url);
  mkdirSync(new URL('.', results), { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  appendFileSync(results, `${JSON.stringify({ date, ...row })}\n`);
  expect(row.broken).toEqual([]);
  expect(row.trainings).toBeGreaterThan(0);
}, 3_600_000);
