import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GUESSES } from '../../../demo/drive/guesses.ts';
import { heldOutRows } from '../../../demo/drive/pretrain/held-out.ts';
import { readCheckpoint } from '../../../src/core.ts';

const FILE = 'assets/checkpoints/driver.safetensors';

it('the pretrained driver has less than 60 % of the error of constant velocity a second ahead, on whole held-out laps', async () => {
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(FILE)), FILE);
  const rows = await heldOutRows({ checkpoint, seconds: 30, tracks: [902] });
  const [all] = rows;
  expect(all.drivers).toBe('new drivers, new tracks');
  for (const { ratio, drivers } of rows) expect(ratio, drivers).toBeLessThan(0.6);
  // The other baselines are stronger.
  for (const name of Object.keys(GUESSES))
    expect(all.errors.model, name).toBeLessThan(0.6 * all.errors[name]);
});
