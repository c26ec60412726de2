import { expect, it } from 'vitest';
import type { CreateBackend } from '../../src/train/backend.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import {
  chooseLocalEngine,
  engineFault,
  findLocalEngine,
  localBackends,
  localEngine,
} from '../../src/train/local-engine.ts';
import { ForesightError } from '../../src/util/error.ts';
import { randomWeights, smallShape, trainingWith } from './problem.ts';

const refused: CreateBackend = async () => {
  throw new ForesightError('no-wasm', 'WebAssembly is refused. Allow it.', {
    cause: new Error('blocked by the policy.'),
  });
};
const wrong: CreateBackend = async (options) => {
  const backend = await createCpuBackend(options);
  return Object.assign(Object.create(backend), {
    gradients: async () => new Float32Array(options.weights.length),
    dispose: () => backend.dispose(),
  });
};

it('takes wasm where its gradients are right', async () => {
  // The plain engine stands for one that is right.
  const { engine, createBackend } = await findLocalEngine(createCpuBackend);
  expect(engine).toBe('wasm');
  expect(createBackend).toBe(createCpuBackend);
});

it.each([
  ['cannot be made', refused, 'blocked by the policy'],
  ['computes nonsense', wrong, 'all zero'],
])('takes plain TypeScript when wasm %s, and gives the reason', async (_, create, why) => {
  const { engine, reason, createBackend } = await findLocalEngine(create);
  expect(engine).toBe('cpu');
  expect(createBackend).toBe(createCpuBackend);
  expect(reason).toContain(why);
  expect(await engineFault(create)).toContain(why);
});

it('takes what is asked for', async () => {
  expect((await chooseLocalEngine('cpu')).createBackend).toBe(createCpuBackend);
  expect(await chooseLocalEngine('auto')).toBe(await localEngine());
});

it('looks only once for networks of the same parts', () => {
  expect(localEngine()).toBe(localEngine());
  const [small, large] = [smallShape({ units: 8 }), smallShape({ units: 64 })];
  expect(localEngine(small)).toBe(localEngine(large));
  expect(localEngine(small)).not.toBe(localEngine(smallShape({ cell: 'gru' })));
});

it('gives backends of the engine that is asked for', async () => {
  const shape = smallShape();
  const options = { shape, training: trainingWith(), weights: randomWeights(shape) };
  for (const [choice, engine] of [
    ['cpu', 'cpu'],
    ['wasm', 'wasm'],
    ['auto', (await localEngine(shape)).engine],
  ] as const) {
    const backend = await localBackends(choice)(options);
    expect(backend.engine).toBe(engine);
    backend.dispose();
  }
});
