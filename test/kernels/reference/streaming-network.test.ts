import { describe, expect, it } from 'vitest';
import type { NetworkOutput } from '../../../src/network/streaming.ts';
import { StreamingNetwork } from '../../../src/kernels/reference/streaming-network.ts';
import { randomBatch, randomWeights, smallShape } from '../../train/problem.ts';
import { networkOf } from './network-lab.ts';

const copyOf = ({ actionLogits, timeLogits, values }: NetworkOutput) => ({
  actionLogits: [...actionLogits],
  timeLogits: [...timeLogits],
  values: [...values],
});

const crossEntropy = (logits: ArrayLike<number>, target: number): number =>
  Math.log(Array.from(logits, Math.exp).reduce((a, b) => a + b)) - logits[target];

describe.each(['lstm', 'gru'] as const)('StreamingNetwork, %s', (cell) => {
  const shape = smallShape({ cell, layers: 2 });
  const weights = randomWeights(shape, 3);
  const batch = randomBatch(shape, { batchSize: 6 });
  const { batchSize, windowLength, features } = batch;
  const featuresAt = (place: number): Float32Array =>
    features.subarray(place * shape.features, (place + 1) * shape.features);
  const network = new StreamingNetwork(shape, weights);

  it.each([
    [1, 0],
    [2, 0],
    [3, 0],
    [2, 7],
  ])(
    'has the losses of the whole batch, %i layers, %i feed-forward units',
    (layers, feedForward) => {
      const deep = { ...shape, layers, feedForward };
      const double = Float64Array.from(randomWeights(deep, 3));
      const stream = new StreamingNetwork(deep, double);
      const sums = { action: 0, time: 0, values: 0 };
      let targets = 0;
      for (let b = 0; b < batchSize; b++) {
        const state = stream.createState();
        for (let t = 0; t < windowLength; t++) {
          const place = b * windowLength + t;
          const output = stream.step(state, featuresAt(place));
          if (!batch.mask[place]) continue;
          targets++;
          sums.action += crossEntropy(output.actionLogits, batch.actions[place]);
          sums.time += crossEntropy(output.timeLogits, batch.timeBins[place]);
          output.values.forEach((value, c) => {
            const target = batch.values[place * shape.values + c];
            if (!Number.isNaN(target)) sums.values += (value - target) ** 2;
          });
        }
      }
      const losses = networkOf(deep, double).evaluate(batch);
      expect(losses.targets).toBe(targets);
      for (const head of ['action', 'time', 'values'] as const)
        expect(losses[head]).toBeCloseTo(sums[head] / targets, 12);
    },
  );

  it('keeps apart characters whose steps alternate', () => {
    const alone = [0, 1].map((b) => {
      const state = network.createState();
      return [0, 1, 2].map((t) => copyOf(network.step(state, featuresAt(b * windowLength + t))));
    });
    const states = [network.createState(), network.createState()];
    for (let t = 0; t < 3; t++)
      states.forEach((state, b) =>
        expect(copyOf(network.step(state, featuresAt(b * windowLength + t)))).toEqual(alone[b][t]),
      );
    expect(alone[0]).not.toEqual(alone[1]);
  });

  it('continues from a copied state, and from the start after a reset', () => {
    const state = network.createState();
    const first = copyOf(network.step(state, featuresAt(0)));
    const copy = { hidden: state.hidden.slice(), cell: state.cell.slice() };
    const second = copyOf(network.step(state, featuresAt(1)));
    expect(copyOf(network.step(copy, featuresAt(1)))).toEqual(second);
    network.resetState(state);
    expect(state).toEqual(network.createState());
    expect(copyOf(network.step(state, featuresAt(0)))).toEqual(first);
    expect(second).not.toEqual(first);
  });

  it('copies the weights, and refuses a wrong number of them', () => {
    const own = weights.slice();
    const copying = new StreamingNetwork(shape, own);
    own.fill(0);
    expect(copyOf(copying.step(copying.createState(), featuresAt(0)))).toEqual(
      copyOf(network.step(network.createState(), featuresAt(0))),
    );
    expect(() => new StreamingNetwork(shape, weights.subarray(1))).toThrow(RangeError);
  });

  it('returns empty outputs for heads that the network lacks', () => {
    const lean = smallShape({ cell, timeBins: 0, values: 0, embeddings: [] });
    const stream = new StreamingNetwork(lean, randomWeights(lean));
    const { actionLogits, timeLogits, values } = stream.step(stream.createState(), featuresAt(0));
    expect([actionLogits.length, timeLogits.length, values.length]).toEqual([4, 0, 0]);
  });
});
