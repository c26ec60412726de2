import { afterEach, describe, expect, it } from 'vitest';
import { TrainerClient } from '../../../src/worker/client.ts';
import { ENDLESS, request } from './fixtures/duel.ts';

const clients: TrainerClient[] = [];

function clientOf(worker: () => Worker): TrainerClient {
  const client = new TrainerClient({ worker });
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

const real = (): Worker =>
  new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), { type: 'module' });
const withoutGpu = (): Worker =>
  new Worker(new URL('./fixtures/without-gpu.worker.ts', import.meta.url), { type: 'module' });
const withoutWasm = (): Worker =>
  new Worker(new URL('./fixtures/without-wasm.worker.ts', import.meta.url), { type: 'module' });
const losingGpu = (): Worker =>
  new Worker(new URL('./fixtures/losing-gpu.worker.ts', import.meta.url), { type: 'module' });

describe('the engine', () => {
  it('is wasm on a software adapter, unless webgpu is asked for', async () => {
    const client = clientOf(real);
    const { memory, ...auto } = { ...(await client.engine()), memory: await client.memory() };
    expect(auto).toMatchObject({ engine: 'wasm', software: true, timings: [] });
    expect(auto.reason).toContain('software');
    expect(auto.adapter).not.toBe('');
    expect(memory).toEqual({ tensors: 0, bytes: 0 });
    expect(await client.engine('webgpu')).toMatchObject({ engine: 'webgpu', software: true });
  });

  it('cpu does not ask for the GPU', async () => {
    expect(await clientOf(real).engine('cpu')).toEqual({
      engine: 'cpu',
      reason: 'The CPU was asked for.',
      adapter: '',
      software: false,
      timings: [],
    });
  });

  it('wasm does not ask for the GPU either', async () => {
    expect(await clientOf(real).engine('wasm')).toMatchObject({ engine: 'wasm', adapter: '' });
  });

  it('is plain TypeScript where WebAssembly is refused, and asking for wasm fails with a hint', async () => {
    const client = clientOf(withoutWasm);
    const auto = await client.engine();
    expect(auto).toMatchObject({ engine: 'cpu', software: true });
    expect(auto.reason).toContain('WebAssembly cannot be used');
    await expect(client.engine('wasm')).rejects.toMatchObject({
      code: 'no-wasm',
      message: expect.stringContaining('Choose the engine'),
    });
    const { engine } = await client.train(request({ epochs: 1 }, { engine: 'auto' })).result;
    expect(engine).toMatchObject({ engine: 'cpu' });
  });

  it('without WebGPU is wasm, and asking for webgpu fails with a hint', async () => {
    const client = clientOf(withoutGpu);
    expect(await client.engine()).toMatchObject({ engine: 'wasm', adapter: '' });
    const refused = { code: 'no-webgpu', message: expect.stringContaining('Choose the engine') };
    await expect(client.engine('webgpu')).rejects.toMatchObject(refused);
    await expect(client.train(request({}, { engine: 'webgpu' })).result).rejects.toMatchObject(
      refused,
    );
    expect(
      (await client.train(request({ epochs: 1 }, { engine: 'auto' })).result).engine,
    ).toMatchObject({ engine: 'wasm' });
  });

  it('that is webgpu trains a network with experts and a feed-forward network', async () => {
    const model = { units: 6, timeBins: 4, contexts: 1, unaided: true, feedForward: 5 };
    const training = { epochs: 1, batchSize: 20, windowLength: 4, windowStride: 4 };
    const { engine, checkpoint } = await clientOf(real).train(
      request(training, { model, engine: 'webgpu' }),
    ).result;
    expect(engine).toMatchObject({ engine: 'webgpu', software: true });
    expect(checkpoint.shape).toMatchObject({ experts: 3, unaided: true, feedForward: 5 });
    expect(checkpoint.weights.every(Number.isFinite)).toBe(true);
  });

  it('that does not exist is refused', async () => {
    await expect(clientOf(real).engine('cuda' as never)).rejects.toMatchObject({
      code: 'bad-config',
    });
  });
});

describe('training on webgpu in the worker', () => {
  const small = { epochs: 1, batchSize: 20, windowLength: 4, windowStride: 4 };

  it('runs twice and leaves no tensor', async () => {
    const client = clientOf(real);
    for (let run = 0; run < 2; run++) {
      const { engine, checkpoint } = await client.train(request(small, { engine: 'webgpu' }))
        .result;
      expect(engine).toMatchObject({ engine: 'webgpu', software: true });
      expect(checkpoint.weights.every(Number.isFinite)).toBe(true);
      expect(await client.memory()).toEqual({ tensors: 0, bytes: 0 });
    }
  });

  it('continues on wasm when the GPU is lost for good, and reports it', async () => {
    let worker: Worker | undefined;
    const client = clientOf(() => (worker = losingGpu()));
    const run = client.train(request({ ...ENDLESS, ...small, epochs: 1e5 }, { engine: 'webgpu' }));
    const engines = new Set<string>();
    for await (const { engine } of run) {
      if (!engines.has('webgpu')) worker?.postMessage('lose', []);
      engines.add(engine);
      if (engine === 'wasm') break;
    }
    expect([...engines]).toEqual(['webgpu', 'wasm']);
    await run.cancel();
    const { engine, checkpoint } = await run.result;
    expect(engine).toMatchObject({ engine: 'wasm', software: true });
    expect(engine.reason).toContain('continued from the last good weights');
    expect(checkpoint.weights.every(Number.isFinite)).toBe(true);
  });
});
