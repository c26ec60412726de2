import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { StreamingNetwork } from '../../../src/kernels/wasm/streaming-network.ts';
import { TrainableNetwork } from '../../../src/kernels/wasm/trainable-network.ts';
import { SGD_DEFAULTS } from '../../../src/model/config.ts';
import { createRng } from '../../../src/util/rng.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  softBatch,
  trainingWith,
} from '../../train/problem.ts';

const BATCHES = 50;
const STEPS = 500;

/**
 * The plain build gives the same bits on every machine, and a change of the code around the kernels must not
 * change them: trained models would differ from those of the version before. Hashes of the weights after 50
 * updates, and of 500 predictions with them.
 */
const CASES = [
  {
    name: 'an LSTM with embeddings, dropout and clipping',
    shape: smallShape({ units: 20 }),
    training: { dropout: 0.2, clipNorm: 0.5 },
    trained: '62c131c963e00a69',
    predicted: 'e5fd505d69a639ea',
  },
  {
    name: 'two GRU layers without embeddings, by gradient descent with penalties',
    shape: smallShape({ cell: 'gru', layers: 2, units: 9, embeddings: [] }),
    training: { optimizer: SGD_DEFAULTS, l1: 1e-3, l2: 1e-2 },
    trained: '188114a3fef77608',
    predicted: 'fdecdfaab0b1ffda',
  },
  {
    name: 'experts, an unaided head and a feed-forward network',
    shape: expertShape({ units: 16, feedForward: 24 }),
    training: { dropout: 0.3, clipNorm: 1, l2: 1e-3 },
    trained: '91ea7f292b384514',
    predicted: 'a3d8c0d65b2b788c',
  },
  {
    name: 'two LSTM layers with experts, taught by distributions, with weight decay',
    shape: expertShape({ layers: 2, units: 8, feedForward: 5, embeddings: [] }),
    training: {
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
    },
    soft: true,
    trained: '65de981e32cc1dac',
    predicted: 'd84cd9ab235bc74d',
  },
] as const;

const hashOf = (arrays: readonly Float32Array[]): string => {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex').slice(0, 16);
};

describe.each(CASES)('$name', ({ shape, training, trained, predicted, ...rest }) => {
  const network = new TrainableNetwork({
    shape,
    training: trainingWith({ ...training, seed: 5 }),
    weights: randomWeights(shape),
    build: 'plain',
  });
  const invent = 'soft' in rest ? softBatch : randomBatch;
  const losses: number[] = [];
  for (let i = 0; i < BATCHES; i++)
    losses.push(network.step(invent(shape, { seed: i, batchSize: 4 + (i % 5) }), 3e-3).loss);
  const { weights } = network;

  it('trains to the same bits', () => {
    losses.push(network.evaluate(invent(shape, { seed: BATCHES })).loss);
    expect(hashOf([weights, new Float32Array(losses)])).toBe(trained);
  });

  it('predicts the same bits', () => {
    const streaming = new StreamingNetwork(shape, weights, { build: 'plain' });
    const state = streaming.createState();
    const rng = createRng(3);
    const features = new Float32Array(shape.features);
    const outputs: Float32Array[] = [];
    for (let step = 0; step < STEPS; step++) {
      for (let j = 0; j < features.length; j++) features[j] = rng.normal();
      outputs.push(
        ...Object.values(streaming.step(state, features)).map((values) => values.slice()),
      );
    }
    expect(hashOf([...outputs, state.hidden, state.cell])).toBe(predicted);
  });
});
