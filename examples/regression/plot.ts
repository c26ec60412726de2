/** Draws a model's prediction of the last value of each sequence against the actual value. */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { Predictor, readCheckpoint, stepAt } from '../../src/core.ts';
import { parseCsvSpec } from '../../src/record/csv-spec.ts';
import { readCsv } from '../../src/record/read-csv.ts';
import { chart } from './chart.ts';
import type { Pair } from './chart.ts';

const [model, csv, out] = process.argv.slice(2);
if (!out) throw new Error('Give a model, a CSV file and the SVG file to write.');
const spec = parseCsvSpec(
  JSON.parse(readFileSync(new URL('./spec.json', import.meta.url), 'utf8')),
);
const predictor = await Predictor.create(await readCheckpoint(readFileSync(model), model));
const { episodes } = readCsv(readFileSync(csv, 'utf8'), csv, spec);
const pairs = episodes.map((episode): Pair => {
  predictor.remove('series');
  const last = episode.length - 1;
  for (let i = 0; i < last; i++) predictor.observe('series', stepAt(episode, i));
  const { values } = predictor.prediction('series')!;
  return { actual: episode.columns[0][last], predicted: values.value };
});
const squares = pairs.reduce((sum, { actual, predicted }) => sum + (actual - predicted) ** 2, 0);
const rmse = Math.sqrt(squares / pairs.length);
const title = `Value after ${episodes[0].length - 1} steps, ${pairs.length} test sequences: rmse ${rmse.toFixed(3)}`;
writeFileSync(out, chart(pairs, title));
process.stdout.write(`${title}\n`);
