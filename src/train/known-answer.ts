import type { Batch } from '../dataset/batch.ts';
import { TRAINING_DEFAULTS } from '../model/config.ts';
import { inputWidth } from '../network/shape.ts';
import { parameterLayout } from '../network/graph.ts';
import type { NetworkShape } from '../network/shape.ts';
import type { BackendOptions, CreateBackend } from './backend.ts';
import { inventBatch, inventWeights } from './invent-batch.ts';

/** What is checked when nothing is about to be trained. */
const PLAIN: NetworkShape = {
  cell: 'lstm',
  layers: 1,
  units: 4,
  features: 3,
  embeddings: [],
  actions: 3,
  timeBins: 2,
  values: 0,
};
/** Hidden units that are enough to see a fault. */
const UNITS = 4;
/** By how much a gradient may be off: a share of the largest one of its parameter, and at least the floor. */
const TOLERANCE = 0.01;
const FLOOR = 1e-5;

/**
 * Whether an engine computes the gradients of a small network as another one does. Some graphics
 * drivers return zeros or noise without any error (tfjs issue 8590), so results must be looked at.
 *
 * @param shape what is about to be trained: a network of the same parts is checked, see `cutDown`
 * @returns null when all is well, else what was wrong, in words
 */
export async function checkGradients(
  candidate: CreateBackend,
  reference: CreateBackend,
  shape: NetworkShape = PLAIN,
): Promise<string | null> {
  const { options, batch } = smallProblem(cutDown(shape));
  const [found, expected] = [
    await gradientsOf(candidate, options, batch),
    await gradientsOf(reference, options, batch),
  ];
  if (found.every((value) => value === 0)) return 'its gradients are all zero';
  for (const { name, offset, length } of parameterLayout(options.shape).parameters) {
    const right = expected.subarray(offset, offset + length);
    const most = right.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const tolerance = Math.max(FLOOR, TOLERANCE * most);
    const off = right.findIndex((value, i) => !(Math.abs(value - found[offset + i]) <= tolerance));
    if (off >= 0)
      return `its gradients are wrong (${found[offset + off]} in place of ${right[off]} for ${name})`;
  }
  return null;
}

/** A network of the same parts and inputs with at most 4 units in each layer. */
export const cutDown = (shape: NetworkShape): NetworkShape => ({
  ...shape,
  units: Math.min(UNITS, shape.units),
  ...(shape.feedForward && { feedForward: Math.min(UNITS, shape.feedForward) }),
});

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
function smallProblem(shape: NetworkShape): { options: BackendOptions; batch: Batch } {
  const training = { ...TRAINING_DEFAULTS, dropout: 0 };
  // However wide the input is, sums stay where no gate is saturated.
  const scale = Math.min(1, Math.sqrt(3 / inputWidth(shape)));
  return {
    options: { shape, training, weights: inventWeights(shape, scale) },
    batch: inventBatch(shape, { batchSize: 2, windowLength: 3, seed: 8590 }),
  };
}
