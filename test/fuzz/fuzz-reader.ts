import { ForesightError, messageOf } from '../../src/util/error.ts';
import { createRng } from '../../src/util/rng.ts';
import { mutate } from './mutate.ts';
import type { FuzzedReader } from './readers.ts';

/** An input that a reader did not handle as promised. */
export interface Find {
  readonly reader: string;
  /** `thrown`: anything but a ForesightError. `outside`: read, but cannot be written and read again. */
  readonly kind: 'thrown' | 'outside' | 'slow' | 'memory';
  readonly what: string;
  readonly bytes: Uint8Array;
}

export interface FuzzOptions {
  readonly seeds: readonly Uint8Array[];
  readonly inputs: number;
  readonly seed: number;
  /** Runs around each reading, for example to measure it. Returns the kind of a find, or null. */
  readonly guard?: (read: () => Promise<void>, bytes: Uint8Array) => Promise<Find['kind'] | null>;
}

export interface FuzzResult {
  readonly finds: readonly Find[];
  /** Inputs that were read, those refused, and the different ways in which they were. */
  readonly accepted: number;
  readonly refused: number;
  readonly outcomes: number;
}

/** Larger inputs are read once and not changed further: most time would go into them. */
const LARGEST_PARENT = 32_768;
const MOST_PARENTS = 1000;
const MOST_VALID = 50;

/** Reads one input. Returns a find, or how the input was handled. */
export async function tryInput(reader: FuzzedReader, bytes: Uint8Array): Promise<Find | string> {
  const find = (kind: Find['kind'], what: string): Find => ({
    reader: reader.name,
    kind,
    what,
    bytes,
  });
  let reading;
  try {
    reading = await reader.read(bytes);
  } catch (error) {
    if (error instanceof ForesightError) return `${error.code} ${template(error.message)}`;
    return find('thrown', error instanceof Error ? String(error.stack) : messageOf(error));
  }
  try {
    if ((await reading.again()) !== reading.first)
      return find('outside', 'it differs after it was written and read again');
  } catch (error) {
    return find('outside', messageOf(error));
  }
  return 'read';
}

/**
 * Reads `inputs` changed copies of the seeds. An input that is handled in a way not seen before, which the message
 * of its error shows, is changed further: each branch of the readers has a message of its own. The same options give
 * the same inputs.
 */
export async function fuzzReader(reader: FuzzedReader, options: FuzzOptions): Promise<FuzzResult> {
  const { inputs, seed, guard } = options;
  const rng = createRng(seed);
  const valid = [...options.seeds];
  const parents = [...options.seeds];
  const seeds = valid.length;
  const outcomes = new Set<string>();
  const finds = new Map<string, Find>();
  let accepted = 0;
  for (let i = 0; i < inputs; i++) {
    // Mostly from files that are valid: what is broken already is refused by the first check.
    const from = rng.next() < 0.7 ? valid : parents;
    const bytes = mutate(reader.name, from[rng.int(from.length)], rng);
    let outcome: Find | string = '';
    const run = async (): Promise<void> => {
      outcome = await tryInput(reader, bytes);
    };
    const kind = guard ? await guard(run, bytes) : await run();
    const found: Find | string = kind
      ? { reader: reader.name, kind, what: `${bytes.length} bytes`, bytes }
      : outcome;
    if (typeof found !== 'string') {
      finds.set(`${found.kind} ${template(found.what)}`, found);
      continue;
    }
    if (found === 'read') {
      accepted++;
      // A file that was changed and is valid all the same leads further away from the seeds.
      if (bytes.length > 0 && bytes.length <= LARGEST_PARENT)
        valid[valid.length < MOST_VALID ? valid.length : seeds + rng.int(MOST_VALID - seeds)] =
          bytes;
    }
    if (outcomes.has(found) || bytes.length > LARGEST_PARENT || !bytes.length) continue;
    outcomes.add(found);
    if (parents.length < MOST_PARENTS) parents.push(bytes);
  }
  return {
    finds: [...finds.values()],
    accepted,
    refused: inputs - accepted - finds.size,
    outcomes: outcomes.size,
  };
}

/** A message without its numbers and quotes. */
const template = (message: string): string =>
  message
    .slice(0, 400)
    // What JSON.parse reports quotes the text.
    .replace(/(?:not JSON|CSV file).*/s, '')
    .replace(/"[^"]*"/g, '""')
    .replace(/-?\d[\d.e+]*/g, '0');
