import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../src/network/initial-weights.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { expertShape, smallShape } from '../train/problem.ts';
import { findParameter } from '../../src/network/parameters.ts';

const SHAPE: NetworkShape = {
  cell: 'lstm',
  layers: 2,
  units: 16,
  features: 30,
  embeddings: [{ name: 'stage', offset: 4, categories: 20, units: 4 }],
  actions: 7,
  timeBins: 5,
  values: 2,
};

function part(shape: NetworkShape, name: string, seed = 1): Float32Array {
  const { offset, length } = findParameter(parameterLayout(shape), name);
  return initialWeights(shape, seed).subarray(offset, offset + length);
}

const hashOf = (weights: Float32Array<ArrayBuffer>): string =>
  createHash('sha256').update(new Uint8Array(weights.buffer)).digest('hex').slice(0, 16);

describe('initialWeights', () => {
  it.each([
    ['two GRU layers', smallShape({ cell: 'gru', layers: 2 }), '10384974580acf9c'],
    ['an LSTM', smallShape(), '821fcf99057e2493'],
    ['experts and a feed-forward network', expertShape({ feedForward: 7 }), '90ea54318f35edd0'],
  ])('stay the same from version to version: %s', (_name, shape, hash) => {
    expect(hashOf(initialWeights(shape, 11))).toBe(hash);
  });

  it('are the same for the same seed only', () => {
    expect(initialWeights(SHAPE, 4)).toEqual(initialWeights(SHAPE, 4));
    expect(initialWeights(SHAPE, 4)).not.toEqual(initialWeights(SHAPE, 5));
    expect(initialWeights(SHAPE, 4).length).toBe(parameterLayout(SHAPE).length);
  });

  it('do not repeat each other', () => {
    const weights = initialWeights(SHAPE, 1).filter((weight) => weight !== 0 && weight !== 1);
    expect(new Set(weights).size).toBeGreaterThan(0.99 * weights.length);
  });

  it('keep their parts when a head is added', () => {
    const fewer = { ...SHAPE, values: 0 };
    expect(part(fewer, 'lstm.weight_hh_l1')).toEqual(part(SHAPE, 'lstm.weight_hh_l1'));
  });

  it('keep their parts when a feed-forward network is added, whose heads begin like the others', () => {
    const [plain, both] = [0, 24].map((feedForward) => ({
      ...SHAPE,
      experts: 2,
      features: 34,
      feedForward,
    }));
    const weights = initialWeights(plain, 1);
    expect(initialWeights(both, 1).subarray(0, weights.length)).toEqual(weights);
    const hidden = part(both, 'feed_forward.weight');
    const largest = Math.max(...hidden.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(18));
    expect(largest).toBeGreaterThan(0.95 / Math.sqrt(18));
    expect(part(both, 'feed_forward.gate.bias')).toEqual(part(both, 'gate.bias'));
    expect(part(both, 'feed_forward.action.weight').every((weight) => weight === 0)).toBe(true);
  });

  it('fill the input weights within the range of Glorot', () => {
    const weights = part(SHAPE, 'lstm.weight_ih_l0');
    const limit = Math.sqrt(6 / (14 + 16));
    const largest = Math.max(...weights.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.95 * limit);
  });

  it.each(['lstm', 'gru'] as const)('have orthogonal recurrent gates: %s', (cell) => {
    const shape = { ...SHAPE, cell };
    const weights = part(shape, `${cell}.weight_hh_l0`);
    const n = shape.units;
    for (let gate = 0; gate < weights.length / n / n; gate++)
      for (let a = 0; a < n; a++)
        for (let b = 0; b <= a; b++) {
          let dot = 0;
          for (let i = 0; i < n; i++)
            dot += weights[(gate * n + a) * n + i] * weights[(gate * n + b) * n + i];
          expect(dot).toBeCloseTo(a === b ? 1 : 0, 5);
        }
  });

  it('have the same deviation where orthogonal ones would take too long', () => {
    const shape = { ...SHAPE, units: 300, layers: 1 };
    const weights = part(shape, 'lstm.weight_hh_l0');
    const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
    expect(Math.sqrt(squares / weights.length) * Math.sqrt(300)).toBeCloseTo(1, 1);
  });

  it('have biases of 0, but the forget gate 1 in one of the two', () => {
    const forget = Array.from({ length: 64 }, (_, i) => (i >= 16 && i < 32 ? 1 : 0));
    expect([...part(SHAPE, 'lstm.bias_ih_l0')]).toEqual(forget);
    expect([...part(SHAPE, 'lstm.bias_ih_l1')]).toEqual(forget);
    expect(part(SHAPE, 'lstm.bias_hh_l0').every((bias) => bias === 0)).toBe(true);
    expect(part({ ...SHAPE, cell: 'gru' }, 'gru.bias_ih_l0').every((bias) => bias === 0)).toBe(
      true,
    );
    expect(part(SHAPE, 'action.bias').every((bias) => bias === 0)).toBe(true);
  });

  it('have small heads, which begin near "all equally likely", and rows of length 1 in embeddings', () => {
    for (const head of ['action', 'time', 'values'])
      expect(Math.max(...part(SHAPE, `${head}.weight`).map(Math.abs))).toBeLessThan(0.06);
    const table = part(SHAPE, 'embedding.stage.weight');
    const squares = table.reduce((sum, weight) => sum + weight * weight, 0);
    expect(squares / 20).toBeGreaterThan(0.6);
    expect(squares / 20).toBeLessThan(1.5);
  });
});
