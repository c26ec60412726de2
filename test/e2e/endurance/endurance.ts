/**
 * `npm run endurance -- --hours 8`: plays so many simulated hours in a Chromium, and shows what the game takes after
 * each of them. Ends with 1 when something grows beyond its bound, or anything fails. A row of figures is added to
 * test/e2e/endurance/results/endurance.jsonl.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { duration } from '../../../src/cli/table.ts';
import { grownRows } from './growth.ts';
import { playForHours } from './play-for-hours.ts';
import { enduranceTable } from './table.ts';

const LEAST_SAMPLES = 8;

const { values } = parseArgs({
  options: { hours: { type: 'string', default: '8' }, json: { type: 'boolean', default: false } },
});
const hours = Number(values.hours);
if (!(hours >= 1 && Number.isInteger(hours))) {
  console.error('Give whole hours: --hours 8');
  process.exit(2);
}
const samples = Math.max(LEAST_SAMPLES, hours);
const endurance = await playForHours({
  hours,
  samples,
  onSample: (sample) => console.error(`${sample.hours.toFixed(2)} of ${hours} h played`),
});
const { problems, ...figures } = endurance;
const grown = grownRows(figures.samples);
const date = new Date().toISOString().slice(0, 10);
const row = { date, hours, ...figures, problems, grown };
const results = new URL('results/endurance.jsonl', import.meta.url);
mkdirSync(new URL('.', results), { recursive: true });
appendFileSync(results, `${JSON.stringify(row)}\n`);
console.info(values.json ? JSON.stringify(row) : enduranceTable(figures.samples));
const { steps, updates, restarts } = figures.played;
console.error(
  `${steps} steps, ${updates} updates and ${restarts} restarts in ${duration(figures.seconds)}`,
);
for (const problem of problems) console.error(problem);
if (grown.length) console.error(`More and more: ${grown.join(', ')}`);
if (grown.length || problems.length) process.exitCode = 1;
