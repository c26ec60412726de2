import { expect, it } from 'vitest';
import type { CreateBackend, TrainingBackend } from '../../src/train/backend.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { checkGradients } from '../../src/train/known-answer.ts';

/** The CPU's backend with its gradients changed, as a faulty driver would. */
function faulty(change: (gradient: Float32Array) => Float32Array): {
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
      gradients: async (batch) => change(await right.gradients(batch)),
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
