import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../../../src/core.ts';
import { GUESSES } from '../guesses.ts';
import { heldOutRows } from './held-out.ts';
import type { ErrorRow } from './held-out.ts';
import { MODEL_ROW } from './measure.ts';
import { raceRows } from './races.ts';
import type { RaceRow } from './races.ts';

const NAMES = [MODEL_ROW, ...Object.keys(GUESSES)];

/** Prints the errors of predictions one second ahead, and what the rival gains by the predictions. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'assets/checkpoints/driver.safetensors' },
      seconds: { type: 'string', default: '90' },
      races: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const checkpoint = await readCheckpoint(new Uint8Array(readFileSync(values.model)), values.model);
  const errors = await heldOutRows({ checkpoint, seconds: Number(values.seconds) });
  const races = await raceRows({ checkpoint, races: Number(values.races) });
  if (values.json) console.info(JSON.stringify({ errors, races }, null, 2));
  else {
    console.table(Object.fromEntries(errors.map((row) => [row.drivers, errorCells(row)])));
    if (races.length) console.table(races.map(raceCells));
  }
}

function errorCells({ errors, ratio, within, positions }: ErrorRow): Record<string, string> {
  return {
    ...Object.fromEntries(NAMES.map((name) => [`${name}, m`, errors[name].toFixed(2)])),
    ratio: `${(100 * ratio).toFixed(0)} %`,
    'in the ring': `${(100 * within).toFixed(0)} %`,
    positions: String(positions),
  };
}

function raceCells(row: RaceRow): Record<string, string> {
  const points = (share: number): string => (100 * share).toFixed(1);
  return {
    task: row.task,
    driver: row.driver,
    'ahead with, %': points(row.withPredictions),
    'without, %': points(row.without),
    'difference (95 %)': `${points(row.difference)} (${points(row.interval.low)} to ${points(row.interval.high)})`,
  };
}

await main();
