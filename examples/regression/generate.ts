/** Writes train.csv, 1,000 sequences, and test.csv, 500 others, to the given folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { makeSeries, seriesCsv } from './series.ts';

const folder = process.argv[2] ?? '.';
for (const [name, options] of [
  ['train.csv', { sequences: 1000, seed: 1 }],
  ['test.csv', { sequences: 500, seed: 2 }],
] as const)
  writeFileSync(join(folder, name), seriesCsv(makeSeries(options)));
