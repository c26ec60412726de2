import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { raceRows } from '../../../demo/drive/pretrain/races.ts';
import { NAMED_DRIVERS } from '../../../demo/drive/rules/drivers/habits.ts';
import { readCheckpoint } from '../../../src/core.ts';

const FILE = 'assets/checkpoints/driver.safetensors';

it('gives each driver a row for blocking and one for overtaking, with intervals around the difference', async () => {
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(FILE)), FILE);
  const rows = await raceRows({ checkpoint, races: 1, seconds: 4 });
  expect(rows).toHaveLength(2 * (Object.keys(NAMED_DRIVERS).length + 1));
  const [block, overtake] = rows.filter(({ driver }) => driver === 'all');
  // It begins ahead of the driver that it blocks, and behind the one that it overtakes.
  expect(block.withPredictions).toBeGreaterThan(0.8);
  expect(overtake.withPredictions).toBeLessThan(block.withPredictions);
  for (const { interval, difference } of rows) {
    expect(interval.low).toBeLessThanOrEqual(difference);
    expect(interval.high).toBeGreaterThanOrEqual(difference);
  }
});
