import { afterEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../src/dataset/batch.ts';
import { TrainableNetwork } from '../../src/kernels/reference/trainable-network.ts';
import { ADAM_DEFAULTS } from '../../src/model/config.ts';
import type { TrainingConfig } from '../../src/model/config.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import type { BatchLosses, CreateBackend, TrainingBackend } from '../../src/train/backend.ts';
import { expectClose } from '../kernels/reference/numeric.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  softBatch,
  trainingWith,
} from './problem.ts';

/** One update and its losses. */
export async function lossesOfStep(
  backend: TrainingBackend,
  batch: Batch,
  rate: number,
): Promise<BatchLosses> {
  await backend.step(batch, rate);
  const losses = await backend.losses();
  expect(losses).toHaveLength(1);
  return losses[0];
}

/** Errors in single precision, with room for other orders of summation. */
const TOLERANCE = { relative: 1e-3, absolute: 2e-5 };
/** The same after several updates. */
const LATER = { relative: 1e-3, absolute: 5e-5 };

/** Small gradients are noise in single precision, which Adam would amplify with the usual epsilon. */
const ADAM = { ...ADAM_DEFAULTS, epsilon: 1e-3 };

interface Problem {
  readonly shape?: Partial<NetworkShape>;
  readonly training?: Partial<TrainingConfig>;
}

interface BackendTraits {
  /** It drops other units than the reference. */
  readonly ownDropout?: boolean;
}

/**
 * The cases that every engine must pass: its losses, gradients and weights are those of the
 * reference in double precision. Runs in Node and in browsers.
 */
export function describeBackend(
  name: string,
  createBackend: CreateBackend,
  { ownDropout = false }: BackendTraits = {},
): void {
  const opened: TrainingBackend[] = [];
  afterEach(() => {
    for (const backend of opened.splice(0)) backend.dispose();
  });

  /** A backend and the reference, from the same start. */
  async function open({ shape: partial, training: settings }: Problem = {}) {
    const shape = smallShape(partial);
    const training = trainingWith(settings);
    const weights = randomWeights(shape);
    const backend = await createBackend({ shape, training, weights });
    opened.push(backend);
    const reference = new TrainableNetwork({
      shape,
      training,
      weights: Float64Array.from(weights),
    });
    return { shape, weights, backend, reference };
  }

  describe(`${name} backend`, () => {
    describe('has the gradients of the reference', () => {
      const networks = (['lstm', 'gru'] as const).flatMap((cell) =>
        [1, 2, 3].map((layers) => ({ cell, layers })),
      );
      it.each(networks)('$cell, $layers layers', async (network) => {
        const { shape, backend, reference } = await open({ shape: network });
        const batch = randomBatch(shape);
        expectClose(await backend.gradients(batch), reference.gradients(batch), TOLERANCE);
      });

      it('with only the action head, on features without embeddings', async () => {
        const { shape, backend, reference } = await open({
          shape: { embeddings: [], timeBins: 0, values: 0 },
        });
        const batch = randomBatch(shape);
        expectClose(await backend.gradients(batch), reference.gradients(batch), TOLERANCE);
      });

      it.each<[string, NetworkShape]>([
        ['experts and an unaided head', expertShape({ layers: 2 })],
        ['a feed-forward network', smallShape({ cell: 'gru', feedForward: 7 })],
        ['all parts', expertShape({ feedForward: 7 })],
        ['all parts except embeddings', expertShape({ feedForward: 7, embeddings: [] })],
        ['experts on the action alone', expertShape({ feedForward: 3, timeBins: 0, values: 0 })],
      ])('with %s', async (_, network) => {
        const { shape, backend, reference } = await open({ shape: network });
        const batch = randomBatch(shape);
        expectClose(await backend.gradients(batch), reference.gradients(batch), TOLERANCE);
        const soft = softBatch(shape, { seed: 2 });
        expectClose(await backend.gradients(soft), reference.gradients(soft), TOLERANCE);
      });

      it('with penalties, and neither dropout nor clipping', async () => {
        const { shape, backend, reference } = await open({
          training: { l1: 0.01, l2: 0.05, dropout: 0.5, clipNorm: 1e-3 },
        });
        const batch = randomBatch(shape);
        expectClose(await backend.gradients(batch), reference.gradients(batch), TOLERANCE);
      });
    });

    describe('follows the reference over several updates', () => {
      it.each<UpdateCase>([
        ['sgd', { optimizer: { kind: 'sgd', momentum: 0 } }],
        ['sgd with momentum', { optimizer: { kind: 'sgd', momentum: 0.9 } }],
        [
          'sgd with momentum, penalties and clipping',
          { optimizer: { kind: 'sgd', momentum: 0.8 }, l1: 2e-3, l2: 0.02, clipNorm: 0.5 },
        ],
        ['adam', { optimizer: ADAM }],
        ['adam with weight decay', { optimizer: { ...ADAM, weightDecay: 0.3 } }],
        [
          'adam with penalties and clipping',
          { optimizer: { ...ADAM, beta1: 0.8, beta2: 0.95 }, l1: 2e-3, l2: 0.02, clipNorm: 0.5 },
        ],
        ...(ownDropout ? [] : [DROPOUT]),
      ])('%s', async (_, training) => {
        const { shape, weights, backend, reference } = await open({ training });
        // Short windows: a software GPU takes a second for each update.
        for (let i = 0; i < 4; i++) {
          const batch = randomBatch(shape, { seed: i, windowLength: 3 });
          const rate = 0.05 / (1 + i);
          const losses = await lossesOfStep(backend, batch, rate);
          const expected = reference.step(batch, rate);
          expect(losses.loss).toBeCloseTo(expected.loss, 3);
          expect(losses.action).toBeCloseTo(expected.action, 3);
        }
        expectClose(await backend.weights(), reference.weights, LATER);
        const moved = reference.weights.map((weight, i) => weight - weights[i]);
        const found = (await backend.weights()).map((weight, i) => weight - weights[i]);
        expectClose(found, moved, { relative: 0.02, absolute: 1e-4 });
      });

      it('with all parts of a network, penalties, soft targets and, where alike, dropout', async () => {
        const { shape, backend, reference } = await open({
          shape: expertShape({ feedForward: 7 }),
          training: {
            optimizer: ADAM,
            dropout: ownDropout ? 0 : 0.4,
            l1: 1e-3,
            l2: 0.01,
            clipNorm: 0.5,
          },
        });
        for (let i = 0; i < 4; i++) {
          const invent = i % 2 ? softBatch : randomBatch;
          const batch = invent(shape, { seed: i, windowLength: 3 });
          const losses = await lossesOfStep(backend, batch, 0.05);
          const expected = reference.step(batch, 0.05);
          for (const loss of ['loss', 'action', 'time', 'values', 'targets'] as const)
            expect(losses[loss]).toBeCloseTo(expected[loss], 3);
        }
        expectClose(await backend.weights(), reference.weights, LATER);
      });
    });

    describe('evaluates', () => {
      it.each(['lstm', 'gru'] as const)('losses and correct targets: %s', async (cell) => {
        const { shape, backend, reference } = await open({
          shape: { cell },
          training: { dropout: 0.5, l1: 0.1, l2: 0.1 },
        });
        const batch = randomBatch(shape, { batchSize: 9 });
        const found = await backend.evaluate(batch);
        const expected = reference.evaluate(batch);
        expect(found.targets).toBe(batch.mask.reduce((a, b) => a + b));
        expect(found.correct).toBe(expected.correct);
        expect(found.correct).toBeGreaterThan(0);
        expect(found.correct).toBeLessThan(found.targets);
        for (const loss of ['loss', 'action', 'time', 'values'] as const)
          expect(found[loss]).toBeCloseTo(expected[loss], 4);
        const { action, time, values } = found;
        expect(found.loss).toBeCloseTo(action + 0.7 * time + 0.4 * values, 4);
      });

      it('the mean of both networks, without the unaided head', async () => {
        const { shape, backend, reference } = await open({
          shape: expertShape({ feedForward: 7 }),
          training: { dropout: 0.5 },
        });
        for (const batch of [randomBatch(shape), softBatch(shape)]) {
          const found = await backend.evaluate(batch);
          const expected = reference.evaluate(batch);
          for (const loss of ['loss', 'action', 'time', 'values', 'correct'] as const)
            expect(found[loss]).toBeCloseTo(expected[loss], 4);
        }
      });

      it('without changing anything', async () => {
        const { shape, weights, backend } = await open({ training: { dropout: 0.5 } });
        const first = await backend.evaluate(randomBatch(shape));
        await backend.evaluate(randomBatch(shape, { seed: 2 }));
        expect(await backend.evaluate(randomBatch(shape))).toEqual(first);
        expect(await backend.weights()).toEqual(weights);
      });
    });

    it('returns the losses of many updates together, in their order, and only once', async () => {
      const { shape, backend, reference } = await open({ training: { optimizer: SGD } });
      const expected: number[] = [];
      for (let i = 0; i < 5; i++) {
        const batch = randomBatch(shape, { seed: i, windowLength: 3 });
        await backend.step(batch, 0.05);
        expected.push(reference.step(batch, 0.05).loss);
      }
      const found = await backend.losses();
      expect(found.map(({ loss }) => loss.toFixed(3))).toEqual(
        expected.map((loss) => loss.toFixed(3)),
      );
      expect(await backend.losses()).toEqual([]);
    });

    it('trains on batches of all sizes, one after the other', async () => {
      const { shape, backend, reference } = await open({ training: { optimizer: SGD } });
      for (const [seed, batchSize, windowLength] of [
        [1, 3, 2],
        [2, 6, 4],
        [3, 2, 1],
        [4, 6, 4],
      ]) {
        const batch = randomBatch(shape, { seed, batchSize, windowLength });
        expectClose(await backend.gradients(batch), reference.gradients(batch), LATER);
        const found = await lossesOfStep(backend, batch, 0.01);
        expect(found.loss).toBeCloseTo(reference.step(batch, 0.01).loss, 3);
      }
    });

    it('ignores targets outside the mask', async () => {
      const { shape, backend } = await open();
      const batch = randomBatch(shape);
      const nonsense: Batch = {
        ...batch,
        actions: batch.actions.map((action, place) => (batch.mask[place] ? action : 3)),
        timeBins: batch.timeBins.map((bin, place) => (batch.mask[place] ? bin : 2)),
        values: batch.values.map((value, i) => (batch.mask[Math.floor(i / 2)] ? value : 99)),
      };
      expect(await backend.evaluate(nonsense)).toEqual(await backend.evaluate(batch));
      expect(await backend.gradients(nonsense)).toEqual(await backend.gradients(batch));
    });

    it('does not change the weights for a batch without targets', async () => {
      const { shape, weights, backend } = await open({ training: { optimizer: SGD } });
      const batch = randomBatch(shape);
      const masked = { ...batch, mask: batch.mask.map(() => 0) };
      const losses = await lossesOfStep(backend, masked, 0.1);
      for (const value of Object.values(losses)) expect(value).toBeCloseTo(0, 9);
      expect(await backend.weights()).toEqual(weights);
    });

    it('copies the start weights, and returns copies', async () => {
      const { shape, weights, backend } = await open();
      const before = weights.slice();
      await backend.step(randomBatch(shape), 0.1);
      expect(weights).toEqual(before);
      const taken = await backend.weights();
      expect(taken).not.toEqual(before);
      const kept = taken.slice();
      taken.fill(7);
      await backend.step(randomBatch(shape), 0);
      expect((await backend.weights()).every((weight) => weight !== 7)).toBe(true);
      const gradient = await backend.gradients(randomBatch(shape));
      const same = gradient.slice();
      await backend.gradients(randomBatch(shape, { seed: 3 }));
      expect(gradient).toEqual(same);
      expect(kept).not.toEqual(taken);
    });

    it('can be disposed twice, and refuses to work afterwards', async () => {
      const { shape, backend } = await open();
      backend.dispose();
      backend.dispose();
      const batch = randomBatch(shape);
      for (const use of [
        () => backend.step(batch, 0.1),
        () => backend.losses(),
        () => backend.evaluate(batch),
        () => backend.gradients(batch),
        () => backend.weights(),
      ])
        await expect(use()).rejects.toMatchObject({ code: 'not-ready' });
    });
  });
}

const SGD = { kind: 'sgd', momentum: 0 } as const;

type UpdateCase = [string, Partial<TrainingConfig>];

const DROPOUT: UpdateCase = [
  'dropout',
  { optimizer: { kind: 'sgd', momentum: 0.5 }, dropout: 0.4, seed: 5 },
];
