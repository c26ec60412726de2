import { describe, expect, it } from 'vitest';
import { corpusOf } from './corpus.ts';
import { fuzzReader, tryInput } from './fuzz-reader.ts';
import { READERS, inputsOf } from './readers.ts';
import { seedsOf } from './seeds.ts';

const INPUTS = 20_000;

describe.each(READERS.map((reader) => [reader.name, reader] as const))('%s', (name, reader) => {
  it('reads the files that the others are made from', async () => {
    for (const seed of seedsOf(name)) expect(await tryInput(reader, seed)).toBe('read');
  });

  it('handles every find of the past', async () => {
    for (const bytes of corpusOf(name)) expect(await tryInput(reader, bytes)).toBeTypeOf('string');
  });

  it('reads or refuses many changed files', async () => {
    const { finds, accepted, outcomes } = await fuzzReader(reader, {
      seeds: seedsOf(name),
      inputs: inputsOf(reader, INPUTS),
      seed: 17,
    });
    expect(finds.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([]);
    // The changes must get past the first check, and not change nothing.
    expect(accepted).toBeGreaterThan(10);
    expect(outcomes).toBeGreaterThan(5);
  });
});
