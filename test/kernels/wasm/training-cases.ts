import { describe, expect, it, vi } from 'vitest';
import { TrainableNetwork as Reference } from '../../../src/kernels/reference/trainable-network.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { TrainableNetwork } from '../../../src/kernels/wasm/trainable-network.ts';
import { parameterLayout } from '../../../src/network/graph.ts';
import { countTargets } from '../../../src/network/packing.ts';
import { findParameter } from '../../../src/network/parameters.ts';
import { inventWeights } from '../../../src/train/invent-batch.ts';
import { expectClose } from '../reference/numeric.ts';
import {
  expertShape,
  randomBatch,
  randomWeights,
  smallShape,
  trainingWith,
  softBatch,
} from '../../train/problem.ts';

const SHAPE = smallShape({ units: 6, layers: 2 });
/** Rows for more than two blocks of weight gradients, which have 128 rows each. */
const SEVERAL_BLOCKS = { batchSize: 40, windowLength: 9 };

export function describeTraining(build: WasmBuild): void {
  const open = (training = {}): TrainableNetwork =>
    new TrainableNetwork({
      shape: SHAPE,
      training: trainingWith(training),
      weights: inventWeights(SHAPE, 3),
      build,
    });

  describe(`training, ${build} build`, () => {
    it('has the losses of plain TypeScript for 100 batches', () => {
      const options = { shape: SHAPE, training: trainingWith({ dropout: 0.1, clipNorm: 1 }) };
      const weights = inventWeights(SHAPE, 3);
      const network = new TrainableNetwork({ ...options, weights, build });
      const reference = new Reference({ ...options, weights });
      const losses: number[] = [];
      for (let i = 0; i < 100; i++) {
        const batch = randomBatch(SHAPE, { seed: i % 4, batchSize: 9 });
        const { loss } = network.step(batch, 3e-3);
        expect(Math.abs(loss - reference.step(batch, 3e-3).loss)).toBeLessThan(5e-3);
        losses.push(loss);
      }
      const mean = (from: number): number =>
        losses.slice(from, from + 8).reduce((a, b) => a + b) / 8;
      expect(mean(92)).toBeLessThan(0.8 * mean(0));
    });

    it.each([
      ['lstm', smallShape({ cell: 'lstm', layers: 2, units: 20 })],
      ['gru', smallShape({ cell: 'gru', layers: 2, units: 20 })],
      ['lstm with experts', expertShape({ cell: 'lstm', layers: 2, units: 20 })],
      ['gru with nine experts', expertShape({ cell: 'gru', features: 30, experts: 9, actions: 7 })],
      ['lstm with a feed-forward network', expertShape({ units: 20, feedForward: 150 })],
      ['the same without embeddings or experts', smallShape({ embeddings: [], feedForward: 9 })],
    ] as const)(
      'has the gradients of the reference over several blocks of rows: %s',
      (_name, shape) => {
        const weights = randomWeights(shape);
        const training = trainingWith();
        const network = new TrainableNetwork({ shape, training, weights, build });
        const double = Float64Array.from(weights);
        const reference = new Reference({ shape, training, weights: double });
        const ragged = randomBatch(shape, SEVERAL_BLOCKS);
        const full = { ...ragged, mask: ragged.mask.map((_, i) => (i % 9 < 7 ? 0 : 1)) };
        const soft = softBatch(shape, SEVERAL_BLOCKS);
        for (const batch of [
          ragged,
          full,
          { ...ragged, mask: ragged.mask.map(() => 1) },
          soft,
          full,
        ]) {
          const found = network.gradients(batch);
          expectClose(found, reference.gradients(batch), { relative: 1e-3, absolute: 2e-5 });
        }
      },
    );

    it('gives the same bits each time', () => {
      const [a, b] = [open({ dropout: 0.3, seed: 4 }), open({ dropout: 0.3, seed: 4 })];
      for (let i = 0; i < 5; i++) {
        const batch = randomBatch(SHAPE, { seed: i, batchSize: 3 + i });
        expect(a.step(batch, 0.01)).toEqual(b.step(batch, 0.01));
      }
      expect(a.weights).toEqual(b.weights);
    });

    it('updates by the sum of the gradients of two parts of a batch', () => {
      const [parts, whole] = [open({ clipNorm: 1, l2: 0.01 }), open({ clipNorm: 1, l2: 0.01 })];
      const batch = randomBatch(SHAPE, { batchSize: 6 });
      const targets = countTargets(batch);
      const half = batch.mask.length / 2;
      const [first, second] = [0, 1].map((part) => {
        const mask = batch.mask.map((target, i) => (Math.floor(i / half) === part ? target : 0));
        const { loss } = parts.accumulate({ ...batch, mask }, { targets });
        return { loss, gradient: parts.engine.gradientView.slice() };
      });
      expect(first.loss + second.loss).toBeCloseTo(whole.accumulate(batch).loss, 5);
      const view = parts.engine.gradientView;
      for (let i = 0; i < view.length; i++) view[i] = first.gradient[i] + second.gradient[i];
      const close = { relative: 1e-4, absolute: 1e-6 };
      expectClose(parts.engine.gradient, whole.engine.gradient, close);
      expect(parts.update(0.01)).toBe(whole.update(0.01));
      expectClose(parts.weights, whole.weights, { relative: 1e-3, absolute: 1e-4 });
    });

    it('does not grow its memory in 200 batches, and does not shrink it for small ones', () => {
      const network = open({ dropout: 0.2 });
      const [large, small] = [7, 2].map((batchSize) => randomBatch(SHAPE, { batchSize }));
      network.step(large, 0.001);
      const { size } = network.engine;
      for (let i = 0; i < 100; i++) {
        network.step(small, 0.001);
        network.step(large, 0.001);
      }
      expect(network.engine.size).toBe(size);
      expect(size).toBeLessThan(3 * 65536);
      expect(network.weights.every(Number.isFinite)).toBe(true);
    });

    it('continues as before after memory ran out for a larger batch', () => {
      const [network, same] = [open({}), open({})];
      const [small, large] = [2, 40].map((batchSize) => randomBatch(SHAPE, { batchSize }));
      for (const one of [network, same]) one.step(small, 0.01);
      const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
        throw new RangeError('no memory');
      });
      expect(() => network.step(large, 0.01)).toThrow(expect.objectContaining({ code: 'no-wasm' }));
      expect(grow).toHaveBeenCalled();
      grow.mockRestore();
      for (const batch of [small, large, small])
        expect(network.step(batch, 0.01)).toEqual(same.step(batch, 0.01));
      expect(network.weights).toEqual(same.weights);
    });

    it('has the losses of plain TypeScript with a feed-forward network and dropout', () => {
      const shape = expertShape({ feedForward: 13 });
      const options = { shape, training: trainingWith({ dropout: 0.3, clipNorm: 1 }) };
      const weights = inventWeights(shape, 3);
      const network = new TrainableNetwork({ ...options, weights, build });
      const reference = new Reference({ ...options, weights });
      for (let i = 0; i < 30; i++) {
        const batch = randomBatch(shape, { seed: i % 4, batchSize: 9 });
        const { loss } = network.step(batch, 3e-3);
        expect(Math.abs(loss - reference.step(batch, 3e-3).loss)).toBeLessThan(5e-3);
        const [found, expected] = [network, reference].map((one) => one.evaluate(batch));
        for (const key of ['loss', 'action', 'time', 'values', 'targets'] as const)
          expect(Math.abs(found[key] - expected[key])).toBeLessThan(5e-3);
      }
    });

    it('learns from the unaided head, but leaves its loss out of evaluations', () => {
      const shape = expertShape();
      const [weights, training] = [randomWeights(shape), trainingWith()];
      const { offset, length } = findParameter(parameterLayout(shape), 'unaided.weight');
      const other = weights.map((w, i) => (i >= offset && i < offset + length ? -w : w));
      const [a, b] = [weights, other].map(
        (some) => new TrainableNetwork({ shape, training, weights: some, build }),
      );
      const batch = randomBatch(shape);
      expect(a.evaluate(batch)).toEqual(b.evaluate(batch));
      const [left, right] = [a.step(batch, 0.01), b.step(batch, 0.01)];
      expect(left.action).toBe(right.action);
      expect(left.loss).not.toBeCloseTo(right.loss, 3);
      expect(a.evaluate(batch).action).not.toBe(b.evaluate(batch).action);
    });

    it('evaluates to NaN with broken weights', () => {
      const weights = inventWeights(SHAPE, 3);
      weights[weights.length - 1] = NaN;
      const training = trainingWith();
      const network = new TrainableNetwork({ shape: SHAPE, training, weights, build });
      expect(network.evaluate(randomBatch(SHAPE)).loss).toBeNaN();
    });
  });
}
