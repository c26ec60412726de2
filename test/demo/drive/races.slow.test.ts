import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { raceRows } from '../../../demo/drive/pretrain/races.ts';
import { NAMED_DRIVERS } from '../../../demo/drive/rules/drivers/habits.ts';
import { readCheckpoint } from '../../../src/core.ts';

const FILE = 'assets/checkpoints/driver.safetensors';

it('the rival stays ahead of faster drivers and passes slower ones, with predictions too', async () => {
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(FILE)), FILE);
  const rows = await raceRows({ checkpoint, races: 2, seconds: 20 });
  expect(rows).toHaveLength(2 * (Object.keys(NAMED_DRIVERS).length + 1));
  const [block, overtake] = rows.filter(({ driver }) => driver === 'all');
  expect(block.withPredictions).toBeGreaterThan(0.8);
  // It begins behind, and needs about half of the time to catch up.
  expect(overtake.withPredictions).toBeGreaterThan(0.4);
  // These are few races: `npm run drive -- --races 40` measures how much predictions help.
  for (const { difference } of [block, overtake]) expect(difference).toBeGreaterThan(-0.1);
  for (const { interval, difference } of rows) {
    expect(interval.low).toBeLessThanOrEqual(difference);
    expect(interval.high).toBeGreaterThanOrEqual(difference);
  }
});
