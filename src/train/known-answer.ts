import type { Batch } from '../dataset/batch.ts';
import { TRAINING_DEFAULTS } from '../model/config.ts';
import type { NetworkShape } from '../model/network-shape.ts';
import type { BackendOptions, CreateBackend } from './backend.ts';
import { inventBatch, inventWeights } from './invent-batch.ts';

const SHAPE: NetworkShape = {
  cell: 'lstm',
  layers: 1,
  units: 4,
  features: 3,
  embeddings: [],
  actions: 3,
  timeBins: 2,
  values: 0,
};
const TOLERANCE = 1e-3;

/**
 * Whether an engine computes the gradients of a tiny network as another one does. Some graphics
 * drivers return zeros or noise without any error (tfjs issue 8590), so results must be looked at.
 *
 * @returns null when all is well, else what was wrong, in words
 */
export async function checkGradients(
  candidate: CreateBackend,
  reference: CreateBackend,
): Promise<string | null> {
  const { options, batch } = tinyProblem();
  const [found, expected] = [
    await gradientsOf(candidate, options, batch),
    await gradientsOf(reference, options, batch),
  ];
  if (found.every((value) => value === 0)) return 'its gradients are all zero';
  const off = expected.findIndex((value, i) => !(Math.abs(value - found[i]) <= TOLERANCE));
  if (off < 0) return null;
  return `its gradients are wrong (${found[off]} in place of ${expected[off]})`;
}

async function gradientsOf(
  create: CreateBackend,
  options: BackendOptions,
  batch: Batch,
): Promise<Float32Array> {
  const backend = await create(options);
  try {
    return await backend.gradients(batch);
  } finally {
    backend.dispose();
  }
}

/** The same weights and batch every time. */
function tinyProblem(): { options: BackendOptions; batch: Batch } {
  const training = { ...TRAINING_DEFAULTS, dropout: 0 };
  return {
    options: { shape: SHAPE, training, weights: inventWeights(SHAPE, 1) },
    batch: inventBatch(SHAPE, { batchSize: 2, windowLength: 3, seed: 8590 }),
  };
}
