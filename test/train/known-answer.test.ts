import { describe, expect, it } from 'vitest';
import { parameterLayout } from '../../src/network/graph.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import type { CreateBackend, TrainingBackend } from '../../src/train/backend.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { checkGradients } from '../../src/train/known-answer.ts';
import { findLocalEngine } from '../../src/train/local-engine.ts';
import { createWasmBackend } from '../../src/train/wasm-backend.ts';
import { expertShape, smallShape } from './problem.ts';

type Change = (gradient: Float32Array, shape: NetworkShape) => Float32Array;

/** The CPU's backend with its gradients changed, as a faulty driver would. */
function faulty(change: Change): {
  create: CreateBackend;
  disposed: () => number;
} {
  let disposed = 0;
  const create: CreateBackend = async (options) => {
    const right = await createCpuBackend(options);
    const wrong: TrainingBackend = {
      engine: 'webgpu',
      step: (batch, rate) => right.step(batch, rate),
      losses: () => right.losses(),
      evaluate: (batch) => right.evaluate(batch),
      weights: () => right.weights(),
      gradients: async (batch) => change(await right.gradients(batch), options.shape),
      dispose: () => {
        disposed += 1;
        right.dispose();
      },
    };
    return wrong;
  };
  return { create, disposed: () => disposed };
}

it('finds nothing wrong with right gradients, and disposes what it made', async () => {
  const { create, disposed } = faulty((gradient) => gradient);
  expect(await checkGradients(create, createCpuBackend)).toBeNull();
  expect(disposed()).toBe(1);
});

it('sees gradients that are all zero', async () => {
  const { create } = faulty((gradient) => gradient.map(() => 0));
  expect(await checkGradients(create, createCpuBackend)).toBe('its gradients are all zero');
});

it.each([
  [
    'one wrong',
    (gradient: Float32Array) => gradient.map((value, i) => (i === 7 ? value + 0.01 : value)),
  ],
  ['a missing one', (gradient: Float32Array) => gradient.subarray(1)],
  ['not a number', (gradient: Float32Array) => gradient.map((value, i) => (i === 0 ? NaN : value))],
])('sees %s', async (_, change) => {
  expect(await checkGradients(faulty(change).create, createCpuBackend)).toContain('are wrong');
});

it('disposes also when the engine throws', async () => {
  const { create, disposed } = faulty(() => {
    throw new Error('lost');
  });
  await expect(checkGradients(create, createCpuBackend)).rejects.toThrow('lost');
  expect(disposed()).toBe(1);
});

/** What can be trained: with all parts, and as wide as real inputs are. */
const SHAPES: readonly (readonly [string, NetworkShape])[] = [
  ['LSTM with embeddings', smallShape({ units: 32 })],
  ['GRU of two layers', smallShape({ cell: 'gru', layers: 2, units: 32 })],
  ['experts and an unaided head', expertShape({ units: 32 })],
  ['all parts', expertShape({ cell: 'gru', layers: 2, units: 32, feedForward: 128 })],
  ['a wide input', { ...smallShape(), features: 300, units: 64, feedForward: 128 }],
  [
    '30 experts',
    { ...expertShape(), features: 300 + 3 * 30, units: 64, experts: 30, feedForward: 128 },
  ],
];

describe.each(SHAPES)('a network of %s', (_, shape) => {
  it('is computed rightly by wasm', async () => {
    expect(await checkGradients(createWasmBackend, createCpuBackend, shape)).toBeNull();
  });

  it('shows a fault in any of its parameters', async () => {
    for (const { name } of parameterLayout(shape).parameters) {
      const { create } = faulty((gradient, small) => {
        const one = parameterLayout(small).parameters.find((other) => other.name === name)!;
        const end = one.offset + one.length;
        return gradient.map((value, i) => (i >= one.offset && i < end ? value * 0.9 : value));
      });
      expect(await checkGradients(create, createCpuBackend, shape)).toMatch(`for ${name})`);
    }
  });

  it('is checked with 4 units, and its own parts', async () => {
    const seen: NetworkShape[] = [];
    const { create } = faulty((gradient, small) => (seen.push(small), gradient));
    await checkGradients(create, createCpuBackend, shape);
    expect(seen).toEqual([{ ...shape, units: 4, ...(shape.feedForward && { feedForward: 4 }) }]);
  });
});

describe('an engine that is wrong in one part only', () => {
  const wrongWhere = (isWrong: (shape: NetworkShape) => boolean) =>
    faulty((gradient, shape) => (isWrong(shape) ? gradient.map((value) => -value) : gradient))
      .create;

  it.each<[string, (shape: NetworkShape) => boolean, Partial<NetworkShape>]>([
    ['GRU', ({ cell }) => cell === 'gru', { cell: 'gru' }],
    ['a second layer', ({ layers }) => layers > 1, { layers: 2 }],
    ['feed-forward', ({ feedForward }) => !!feedForward, { feedForward: 64 }],
    ['continuous targets', ({ values }) => values > 2, { values: 5 }],
    ['experts', ({ experts }) => !!experts, expertShape()],
  ])('is not taken for such a network: %s', async (_, isWrong, part) => {
    const create = wrongWhere(isWrong);
    expect((await findLocalEngine(create)).engine).toBe('wasm');
    expect((await findLocalEngine(create, smallShape())).engine).toBe('wasm');
    const { engine, reason } = await findLocalEngine(create, smallShape(part));
    expect(engine).toBe('cpu');
    expect(reason).toMatch(/its gradients are wrong/);
  });
});
