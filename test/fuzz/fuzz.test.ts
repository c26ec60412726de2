import { describe, expect, it } from 'vitest';
import { corpusOf } from './corpus.ts';
import { fuzzReader, tryInput } from './fuzz-reader.ts';
import { READERS } from './readers.ts';
import { seedsOf } from './seeds.ts';

const INPUTS = 20_000;

describe.each(READERS.map((reader) => [reader.name, reader] as const))('%s', (name, reader) => {
  it('reads the files that the others are made from', () => {
    for (const seed of seedsOf(name)) expect(tryInput(reader, seed)).toBe('read');
  });

  it('handles every find of the past', () => {
    for (const bytes of corpusOf(name)) expect(tryInput(reader, bytes)).toBeTypeOf('string');
  });

  it('reads or refuses thousands of changed files', () => {
    const { finds, accepted, outcomes } = fuzzReader(reader, {
      seeds: seedsOf(name),
      inputs: Math.ceil(INPUTS / READERS.length),
      seed: 17,
    });
    expect(finds.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([]);
    // The changes must get past the first check, and not change nothing.
    expect(accepted).toBeGreaterThan(10);
    expect(outcomes).toBeGreaterThan(5);
  });
});
