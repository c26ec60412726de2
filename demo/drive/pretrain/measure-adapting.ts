import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../../../src/core.ts';
import { mean } from '../../common/interval.ts';
import { wholeNumber } from '../../common/whole-number.ts';
import { DRIVE_LEARNING } from '../drive-spec.ts';
import { gainOf, MEASURED, measureDriver, newDrivers, PLAYED } from './adapting.ts';
import type { AdaptRow } from './adapting.ts';

const HELP = `Measures whether learning in play helps the drive's model with drivers whom it has not met, without a browser.

  npm run --silent measure:drive -- [--drivers 20] [--seed 1] [--model file] [--json]

Each driver plays for ${PLAYED} s on a track that was not used in pretraining. In the next ${MEASURED} s the distance between
predicted and actual position one second later is measured: for a model that learns on and for a frozen one.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      drivers: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string', default: 'assets/checkpoints/driver.safetensors' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const checkpoint = await readCheckpoint(readFileSync(values.model), values.model);
  const seed = wholeNumber('seed', values.seed);
  const count = wholeNumber('drivers', values.drivers);
  const rows: AdaptRow[] = [];
  for (const driver of newDrivers(count, seed)) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${rows.length + 1} of ${count}`);
    rows.push(await measureDriver(driver, { checkpoint, learning: DRIVE_LEARNING }));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const gain = gainOf(rows);
  if (values.json)
    return console.log(JSON.stringify({ seed, learning: DRIVE_LEARNING, gain, rows }));
  console.log('metres off, one second ahead'.padEnd(30), 'learning', '  frozen');
  const line = (name: string, learning: number, frozen: number): void =>
    console.log(name.padEnd(30), learning.toFixed(3).padStart(8), frozen.toFixed(3).padStart(8));
  for (const { driver, learning, frozen } of rows) line(driver, learning, frozen);
  line('mean', mean(rows.map((row) => row.learning)), mean(rows.map((row) => row.frozen)));
  const percent = (share: number): string => (100 * share).toFixed(1);
  console.log(
    `Learning lowers the error by ${percent(gain.gain)} % (95 %: ${percent(gain.low)} to ${percent(gain.high)}, over the drivers).`,
  );
}

main().catch((error: unknown) => {
  console.error(`measure: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
