import { ENGINES } from './open-engine.ts';
import type { OptionTable } from './parse-arguments.ts';

/** Options that mean the same in several commands. */
export const COMMON_OPTIONS = {
  all: { kind: 'flag', help: 'score sessions that the model was trained on too' },
  config: {
    kind: 'text',
    value: 'file.json',
    help: '{ "model": {...}, "training": {...} }, any part of either',
  },
  engine: {
    kind: 'choice',
    of: ENGINES,
    default: 'auto',
    help: 'what computes; auto is wasm where it runs, and webgpu needs the npm package webgpu',
  },
  epochs: { kind: 'whole', min: 1, max: 10_000, help: 'passes over the training data' },
  layers: { kind: 'whole', min: 1, max: 3, help: 'recurrent layers' },
  seed: {
    kind: 'whole',
    min: 0,
    max: 2 ** 32 - 1,
    help: 'for the split, start weights and order of batches',
  },
  spec: {
    kind: 'text',
    value: 'file.json',
    help: 'what the columns of CSV files mean (see foresight help train)',
  },
  testFraction: {
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0.2,
    help: 'share of the steps set aside for the test; 0 = train on all',
  },
  threads: {
    kind: 'whole',
    min: 1,
    max: 256,
    otherwise: 'one for each core',
    help: 'worker threads that compute at once',
  },
  units: { kind: 'whole', min: 1, max: 1024, help: 'hidden units of each layer' },
  feedForward: {
    kind: 'whole',
    min: 0,
    max: 1024,
    help: 'units of an additional feed-forward network, whose prediction is averaged with that of the recurrent one; 0 = none',
  },
  json: { kind: 'flag', help: 'print one JSON object' },
} as const satisfies OptionTable;

/** The seed where neither the command line nor the config has one. */
export const DEFAULT_SEED = 1;
