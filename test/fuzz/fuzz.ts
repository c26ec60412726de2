/**
 * `npm run fuzz -- --inputs 1000000 --seed 1`: reads that many changed files with every reader. Finds are written to
 * test/fuzz/corpus, where the tests read them again; a row of figures for each reader is added to test/fuzz/results/fuzz.jsonl.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { hashText } from '../../src/util/hash.ts';
import { corpusOf } from './corpus.ts';
import { fuzzReader } from './fuzz-reader.ts';
import type { FuzzOptions } from './fuzz-reader.ts';
import { READERS, inputsOf } from './readers.ts';
import type { FuzzedReader } from './readers.ts';
import { seedsOf } from './seeds.ts';

const MOST_MS = 1000;
const MOST_BYTES = 256 * 2 ** 20;
const SMALL = 2 ** 20;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    reader: { type: 'string' },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
if (!(Number.isInteger(inputs) && inputs > 0 && Number.isInteger(seed))) {
  console.error('Give whole numbers: --inputs 1000000 --seed 1');
  process.exit(2);
}

/** Twice, because other programs of the machine and the collection of garbage take time as well. */
const guardOf =
  ({ slow }: FuzzedReader): FuzzOptions['guard'] =>
  async (read, bytes) => {
    const measure = async (): Promise<'slow' | 'memory' | null> => {
      const [start, before] = [performance.now(), process.memoryUsage.rss()];
      await read();
      if (bytes.length > SMALL) return null;
      if (performance.now() - start > (slow?.ms ?? MOST_MS)) return 'slow';
      return process.memoryUsage.rss() - before > (slow?.bytes ?? MOST_BYTES) ? 'memory' : null;
    };
    return (await measure()) && measure();
  };

const corpus = new URL('corpus/', import.meta.url);
const results = new URL('results/fuzz.jsonl', import.meta.url);
const date = new Date().toISOString().slice(0, 10);
mkdirSync(new URL('.', results), { recursive: true });
let found = 0;
const chosen = READERS.filter(({ name }) => !values.reader || name === values.reader);
for (const reader of chosen) {
  const start = performance.now();
  const share = inputsOf(reader, inputs, chosen);
  // By its place among all readers: alone it gets the same inputs.
  const ownSeed = seed * 1000 + READERS.indexOf(reader);
  const seeds = [...seedsOf(reader.name), ...corpusOf(reader.name)];
  const guard = guardOf(reader);
  const result = await fuzzReader(reader, { seeds, inputs: share, seed: ownSeed, guard });
  const { finds, ...figures } = result;
  for (const { kind, what, bytes } of finds) {
    const name = `${reader.name}.${kind}-${hashText(what)}`;
    console.error(`${name}: ${what}`);
    mkdirSync(corpus, { recursive: true });
    writeFileSync(new URL(name, corpus), bytes);
  }
  found += finds.length;

  const counts: Record<string, number> = {};
  for (const { kind } of finds) counts[kind] = (counts[kind] ?? 0) + 1;
  const seconds = Math.round((performance.now() - start) / 1000);
  const row = {
    date,
    seed,
    reader: reader.name,
    inputs: share,
    ...figures,
    finds: counts,
    seconds,
  };
  console.info(JSON.stringify(row));
  appendFileSync(
    results,
    `${JSON.stringify(row)}
`,
  );
}
if (found) process.exitCode = 1;
