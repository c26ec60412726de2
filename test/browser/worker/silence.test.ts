import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainingProgress } from '../../../src/train/progress.ts';
import { TRAINER_CLIENT_DEFAULTS, TrainerClient } from '../../../src/worker/client.ts';
import { ENDLESS, request } from './fixtures/duel.ts';

/** Time passes only here: the page's timers are those of the test. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked = 0;
});
const { answerTimeoutMs } = TRAINER_CLIENT_DEFAULTS;

const SILENT = {
  code: 'worker-failed',
  message: expect.stringMatching(/showed no progress for 6[01] s and was ended\. Start .* again/),
};

const workers: Worker[] = [];
const clients: TrainerClient[] = [];
const terminated = vi.fn<(worker: Worker) => void>();

function start(url: URL): Worker {
  const worker = new Worker(url, { type: 'module' });
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    terminated(worker);
    terminate();
  };
  workers.push(worker);
  return worker;
}
/** Calls that silent workers have left without an answer. */
let asked = 0;
const silent = (): Worker => {
  const worker = start(new URL('./fixtures/silent.worker.ts', import.meta.url));
  worker.addEventListener('message', ({ data }) => (asked += Number(data === 'asked')));
  return worker;
};
const real = (): Worker => start(new URL('./fixtures/hanging.worker.ts', import.meta.url));

/** A client whose workers are started by these functions, one after the other. */
function client(...starts: (() => Worker)[]): TrainerClient {
  const made = new TrainerClient({ worker: () => starts.shift()!() });
  clients.push(made);
  return made;
}

afterEach(() => {
  vi.useRealTimers();
  for (const one of clients.splice(0)) one.dispose();
  for (const one of workers.splice(0)) one.terminate();
  terminated.mockClear();
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('a worker that is ready and then silent', () => {
  it.each([
    ['engine', (one: TrainerClient) => one.engine()],
    ['memory', (one: TrainerClient) => one.memory()],
    ['compare', (one: TrainerClient) => one.compare([], [])],
    ['train', (one: TrainerClient) => one.train(request()).result],
  ])('fails %s, and the next call starts another', async (_, call) => {
    const one = client(silent, real);
    const pending = call(one);
    await until(() => asked === 1);
    vi.advanceTimersByTime(answerTimeoutMs - 1);
    expect(terminated).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    await expect(pending).rejects.toMatchObject(SILENT);
    expect(terminated.mock.calls).toEqual([[workers[0]]]);
    expect(one.startFailure).toBeNull();
    expect((await one.train(request({ epochs: 1 })).result).cancelled).toBe(false);
    expect(workers).toHaveLength(2);
  });

  it('ends a run that is cancelled, and those that wait for it use another worker', async () => {
    const one = client(silent, real);
    const [run, next] = [one.train(request()), one.train(request({ epochs: 1 }))];
    await until(() => asked === 1);
    const cancelled = run.cancel();
    await until(() => asked === 2);
    vi.advanceTimersByTime(answerTimeoutMs + 1000);
    await cancelled;
    await expect(run.result).rejects.toMatchObject(SILENT);
    expect((await next.result).cancelled).toBe(false);
  });

  it('ends learning from play with the error', async () => {
    const { checkpoint } = await client(real).train(request({ epochs: 1 })).result;
    const onError = vi.fn<(error: unknown) => void>();
    const run = client(silent).learn({ checkpoint, replay: [] }, { onLearned: () => {}, onError });
    await until(() => asked === 1);
    vi.advanceTimersByTime(answerTimeoutMs);
    await until(() => onError.mock.calls.length > 0);
    expect(onError.mock.calls).toMatchObject([[SILENT]]);
    expect(run.isBusy).toBe(false);
  });

  it('leaves no timer when it answers, and none when the client is disposed', async () => {
    const one = client(real);
    await one.engine('cpu');
    expect(vi.getTimerCount()).toBe(0);
    const pending = client(silent).engine();
    await until(() => asked === 1);
    clients.at(-1)!.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a run that trains', () => {
  it('may take any time while it reports progress; once it hangs, it fails', async () => {
    const one = client(real, real);
    const run = one.train(request(ENDLESS));
    const reports: TrainingProgress[] = [];
    const reading = (async () => {
      for await (const report of run) reports.push(report);
    })();
    for (let i = 0; i < 8; i++) {
      const before = reports.length;
      await until(() => reports.length > before);
      vi.advanceTimersByTime(answerTimeoutMs * 0.75);
    }
    expect(terminated).not.toHaveBeenCalled();
    workers[0].postMessage('hang', []);
    const hung = one.engine('cpu').catch((error: unknown) => error);
    while (!terminated.mock.calls.length) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      vi.advanceTimersByTime(answerTimeoutMs / 8);
    }
    await expect(run.result).rejects.toMatchObject(SILENT);
    await expect(reading).rejects.toMatchObject(SILENT);
    expect(await hung).toMatchObject(SILENT);
    expect((await one.train(request({ epochs: 1 })).result).cancelled).toBe(false);
    expect(workers).toHaveLength(2);
  });
});
