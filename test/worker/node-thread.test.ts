import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';
import { build } from 'rolldown';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { workerBuilds } from '../../scripts/build/worker-files.mjs';
import { VERSION } from '../../src/util/version.ts';
import { TRAINER_CLIENT_DEFAULTS, TrainerClient } from '../../src/worker/client.ts';
import type { TrainerClientOptions } from '../../src/worker/client.ts';
import { ENDLESS, request } from '../browser/worker/fixtures/duel.ts';

/** Training in threads of Node, with the worker as the package has it. */
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foresight-worker-'));
  file = join(folder, 'foresight.worker.js');
  await build({
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    ...workerBuilds(folder)[0],
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clients: TrainerClient[] = [];
function client(options: TrainerClientOptions): TrainerClient {
  const made = new TrainerClient(options);
  clients.push(made);
  return made;
}
afterEach(() => {
  for (const one of clients.splice(0)) one.dispose();
});

it.each(['cpu', 'wasm'] as const)('trains on %s, with progress and a result', async (engine) => {
  const run = client({ worker: file }).train(request({}, { engine }));
  const epochs: number[] = [];
  for await (const { epoch, epochEnd } of run) if (epochEnd) epochs.push(epoch);
  expect(epochs).toEqual([1, 2, 3]);
  const result = await run.result;
  expect(result).toMatchObject({ cancelled: false, engine: { engine } });
  expect(result.checkpoint.weights.every(Number.isFinite)).toBe(true);
});

it('takes wasm by itself, for there is no WebGPU', async () => {
  const one = client({ worker: file });
  expect(await one.engine()).toMatchObject({ engine: 'wasm', adapter: '' });
  await expect(one.engine('webgpu')).rejects.toMatchObject({ code: 'no-webgpu' });
});

it('takes a path from the working directory, a URL, a thread and a function that makes one', async () => {
  const url = pathToFileURL(file);
  const sources = [relative('', file), url, url.href, new Thread(url), () => new Thread(url)];
  for (const worker of sources)
    expect(await client({ worker }).engine('cpu')).toMatchObject({ engine: 'cpu' });
});

it('cancels', async () => {
  const run = client({ worker: file }).train(request(ENDLESS));
  for await (const _ of run) break;
  await run.cancel();
  expect(await run.result).toMatchObject({ cancelled: true });
});

it('lets the process end while no call is pending, and ends the thread when it is disposed', async () => {
  const holds: boolean[] = [];
  const thread = new Thread(file);
  const ended = new Promise((resolve) => thread.once('exit', resolve));
  const [ref, unref] = [thread.ref.bind(thread), thread.unref.bind(thread)];
  thread.ref = () => (holds.push(true), ref());
  thread.unref = () => (holds.push(false), unref());
  const one = client({ worker: thread });
  const pending = one.engine('cpu');
  await pending;
  // The last call of `unref` comes after the answer.
  await one.memory();
  await Promise.resolve();
  expect(holds[0]).toBe(true);
  expect(holds.at(-1)).toBe(false);
  one.dispose();
  await ended;
});

it('starts another thread after one that died in the middle', async () => {
  const threads: Thread[] = [];
  const worker = (): Thread => {
    const thread = new Thread(file);
    threads.push(thread);
    return thread;
  };
  const one = client({ worker });
  const run = one.train(request(ENDLESS));
  for await (const _ of run) break;
  await threads[0].terminate();
  await expect(run.result).rejects.toMatchObject({
    code: 'worker-failed',
    message: expect.stringContaining('was terminated'),
  });
  expect(await one.engine('cpu')).toMatchObject({ engine: 'cpu' });
  expect(threads).toHaveLength(2);
});

it('ends a thread that is ready and then silent, and starts another', async () => {
  const ready = { version: VERSION, holdsLock: false };
  const silent = `require('node:worker_threads').parentPort.on('message', function ({ id, path }) {
    if (path[0] === 'ready') this.postMessage({ id, type: 'RAW', value: ${JSON.stringify(ready)} });
  });`;
  const threads: Thread[] = [];
  const worker = (): Thread => {
    const thread = threads.length ? new Thread(file) : new Thread(silent, { eval: true });
    threads.push(thread);
    return thread;
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const one = client({ worker });
    const run = one.train(request());
    const ended = vi.fn<() => void>();
    run.result.catch(ended);
    // Runs wait for those before.
    while (!threads.length) await Promise.resolve();
    await new Promise((resolve) => threads[0].once('message', resolve));
    while (!ended.mock.calls.length) {
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(TRAINER_CLIENT_DEFAULTS.answerTimeoutMs / 4);
    }
    const silence = {
      code: 'worker-failed',
      message: expect.stringContaining('no progress for 61 s'),
    };
    await expect(run.result).rejects.toMatchObject(silence);
    expect(await one.engine('cpu')).toMatchObject({ engine: 'cpu' });
    expect(threads).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

it('starts a thread although another package has made a global Worker', async () => {
  vi.stubGlobal('Worker', Thread);
  try {
    const report = await client({ worker: file }).engine('cpu');
    expect(report).toMatchObject({ engine: 'cpu' });
  } finally {
    vi.unstubAllGlobals();
  }
});

it('rejects with one error when there is no such file, and does not try it again', async () => {
  const one = client({ worker: join(folder, 'missing.js') });
  const error: unknown = await one.engine().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'worker-failed',
    message: expect.stringContaining('Cannot find module'),
  });
  expect(one.startFailure).toBe(error);
  await expect(one.train(request()).result).rejects.toBe(error);
});
