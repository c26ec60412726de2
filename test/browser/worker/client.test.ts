import { afterEach, describe, expect, it } from 'vitest';
import { defineSpec } from '../../../src/record/spec.ts';
import type { TrainingProgress } from '../../../src/train/progress.ts';
import { TrainerClient } from '../../../src/worker/client.ts';
import type { TrainerClientOptions, TrainingRun } from '../../../src/worker/client.ts';
import { ENDLESS, request, SPEC } from './fixtures/duel.ts';

const workers: Worker[] = [];
const clients: TrainerClient[] = [];

const realWorker = (): Worker => {
  const worker = new Worker(new URL('../../../src/worker/worker.ts', import.meta.url), {
    type: 'module',
  });
  workers.push(worker);
  return worker;
};

function client(options: TrainerClientOptions = { worker: realWorker }): TrainerClient {
  const made = new TrainerClient(options);
  clients.push(made);
  return made;
}

afterEach(() => {
  for (const one of clients.splice(0)) one.dispose();
  for (const one of workers.splice(0)) one.terminate();
});

async function reportsOf(run: TrainingRun): Promise<TrainingProgress[]> {
  const reports: TrainingProgress[] = [];
  for await (const one of run) reports.push(one);
  return reports;
}

/** The next progress report of a run that continues afterwards. */
async function next(run: TrainingRun): Promise<TrainingProgress> {
  const { value, done } = await run[Symbol.asyncIterator]().next();
  if (done || !value) throw new Error('the run has ended');
  return value;
}

/** Waits for so many answers of the client's worker. */
async function answers(one: TrainerClient, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await one.engine('cpu');
}

describe('training through the client', () => {
  it('streams progress and gives a checkpoint and the engine', async () => {
    const run = client().train(request());
    const reports = await reportsOf(run);
    expect(reports.filter(({ epochEnd }) => epochEnd).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(reports[0].engine).toBe('cpu');
    const { checkpoint, cancelled, engine } = await run.result;
    expect(cancelled).toBe(false);
    expect(engine).toMatchObject({ engine: 'cpu', reason: 'The CPU was asked for.' });
    expect(checkpoint.spec).toEqual(SPEC);
    expect(checkpoint.weights.every(Number.isFinite)).toBe(true);
    expect(checkpoint.trainedOn.episodes).toBe(4);
  });

  it('leaves the request as it was', async () => {
    const asked = request();
    const copy = structuredClone(asked);
    await client().train(asked).result;
    expect(asked).toEqual(copy);
  });

  it('starts from a checkpoint', async () => {
    const one = client();
    const { checkpoint } = await one.train(request()).result;
    const again = await one.train(request({ epochs: 1 }, { start: checkpoint })).result;
    expect(again.checkpoint.shape).toEqual(checkpoint.shape);
  });

  it('keeps the very experts of a start checkpoint, and compares with them', async () => {
    const one = client();
    const asked = request({ epochs: 1 }, { model: { units: 4, contexts: 2 } });
    const { checkpoint: start } = await one.train(asked).result;
    expect(start.experts?.plan.contexts).toHaveLength(2);
    for (const seed of [1, 2]) {
      const { checkpoint } = await one.train(request({ epochs: 1, seed }, { start })).result;
      expect(checkpoint.experts).toBe(start.experts);
      expect(checkpoint.weights).not.toEqual(start.weights);
      const losses = await one.compare([checkpoint, start], asked.episodes);
      expect(losses.every(Number.isFinite)).toBe(true);
    }
  });

  it('pauses, resumes and cancels', async () => {
    const one = client();
    const run = one.train(request(ENDLESS));
    const reports: TrainingProgress[] = [];
    const reading = (async () => {
      for await (const report of run) reports.push(report);
    })();
    // As many answers of the worker as it gives, between batches, while it sends some reports.
    let enough = 0;
    for (; reports.length < 5; enough++) await one.engine('cpu');
    await run.pause();
    // Reports that were on their way.
    await answers(one, enough);
    const atPause = reports.length;
    await answers(one, enough);
    expect(reports).toHaveLength(atPause);
    await run.resume();
    while (reports.length === atPause) await one.engine('cpu');
    await run.cancel();
    const { cancelled, checkpoint } = await run.result;
    expect(cancelled).toBe(true);
    expect(checkpoint.weights.length).toBeGreaterThan(0);
    await reading;
  });

  it('does one run after the other', async () => {
    const one = client();
    const [first, second] = [one.train(request()), one.train(request({ seed: 2 }))];
    const order: string[] = [];
    void first.result.then(() => order.push('first'));
    void second.result.then(() => order.push('second'));
    await second.result;
    expect(order[0]).toBe('first');
    expect(workers).toHaveLength(1);
  });

  it('drops a cancelled run that waits, and continues with the next', async () => {
    const one = client();
    const [long, dropped, last] = [ENDLESS, {}, {}].map((config) => one.train(request(config)));
    await dropped.cancel();
    await next(long);
    await long.cancel();
    expect((await long.result).cancelled).toBe(true);
    await expect(dropped.result).rejects.toMatchObject({ code: 'cancelled' });
    expect((await last.result).cancelled).toBe(false);
  });

  it('finds the worker next to it when none is given', async () => {
    expect((await client({}).engine('cpu')).engine).toBe('cpu');
  });

  it('takes a Worker, an address and a URL', async () => {
    const address = new URL('../../../src/worker/foresight.worker.js', import.meta.url);
    for (const worker of [realWorker(), address, address.href, address.pathname])
      expect((await client({ worker }).engine('cpu')).engine).toBe('cpu');
  });

  it('starts a script of another origin', async () => {
    const elsewhere = new URL('../../../src/worker/foresight.worker.js', import.meta.url);
    elsewhere.hostname = elsewhere.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    expect(elsewhere.origin).not.toBe(location.origin);
    expect((await client({ worker: elsewhere }).engine('cpu')).engine).toBe('cpu');
  });
});

describe('errors of the training', () => {
  it('keep their code across the wire', async () => {
    const one = client();
    const { checkpoint } = await one.train(request({ epochs: 1 })).result;
    const other = defineSpec({ ...SPEC, action: ['idle', 'strike', 'roll'] });
    const run = one.train(request({}, { start: { ...checkpoint, spec: other } }));
    await expect(run.result).rejects.toMatchObject({
      name: 'ForesightError',
      code: 'spec-mismatch',
      message: expect.stringContaining('block'),
    });
    await expect(reportsOf(run)).rejects.toMatchObject({ code: 'spec-mismatch' });
    // The worker lives on.
    expect((await one.train(request({ epochs: 1 })).result).cancelled).toBe(false);
    expect(workers).toHaveLength(1);
  });

  it('name a bad config', async () => {
    const run = client().train(request({ batchSize: -1 }));
    await expect(run.result).rejects.toMatchObject({ code: 'bad-config' });
  });

  it('name a request that cannot be sent', async () => {
    const run = client().train({ ...request(), model: { units: (() => 6) as never } });
    await expect(run.result).rejects.toMatchObject({ code: 'bad-data' });
  });
});

describe('a worker that fails', () => {
  const failure = (message: string) => ({
    code: 'worker-failed',
    message: expect.stringContaining(message),
  });
  const fixture = (name: string): URL => new URL(`./fixtures/${name}`, import.meta.url);

  it('at a wrong address rejects with a hint', async () => {
    const one = client({ worker: '/nowhere/foresight.worker.js' });
    const run = one.train(request());
    await expect(run.result).rejects.toMatchObject(failure('could not be loaded'));
    await expect(one.engine()).rejects.toMatchObject(failure('Copy foresight.worker.js'));
  });

  it('to start is not tried again by this client', async () => {
    let starts = 0;
    const worker = (): Worker => {
      starts++;
      return new Worker('/nowhere/foresight.worker.js', { type: 'module' });
    };
    const one = client({ worker });
    expect(one.startFailure).toBeNull();
    const error: unknown = await one.engine().catch((thrown: unknown) => thrown);
    expect(one.startFailure).toBe(error);
    await expect(one.train(request()).result).rejects.toBe(error);
    await expect(one.engine()).rejects.toBe(error);
    expect(starts).toBe(1);
    one.dispose();
    expect(one.startFailure).toBeNull();
    await expect(one.engine()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('at no address at all rejects', async () => {
    await expect(client({ worker: 'http://' }).engine()).rejects.toMatchObject(
      failure('that from http:// could not be started'),
    );
  });

  it('by throwing while it loads rejects', async () => {
    const one = client({ worker: fixture('throwing.worker.ts') });
    await expect(one.engine()).rejects.toMatchObject(failure('boom while loading'));
  });

  it('by never answering rejects', async () => {
    const one = client({ worker: fixture('deaf.worker.ts'), readyTimeoutMs: 400 });
    await expect(one.train(request()).result).rejects.toMatchObject(failure('within 0.4 s'));
  });

  it.each([
    ['other-version.worker.ts', /other-version\.worker\.ts has version 0\.0\.9, but/],
    ['without-version.worker.ts', /has an earlier version, but/],
  ])('by being of another version rejects with a hint: %s', async (file, message) => {
    const one = client({ worker: fixture(file) });
    const refused = {
      code: 'wrong-version',
      message: expect.stringMatching(message),
    };
    await expect(one.train(request()).result).rejects.toMatchObject(refused);
    await expect(one.engine()).rejects.toMatchObject(refused);
    await expect(one.engine()).rejects.toThrow(/Copy foresight\.worker\.js again/);
  });

  it('because the page forbids workers rejects', async () => {
    const code = new URL('../../../src/worker/client.ts', import.meta.url).href;
    const page = document.createElement('iframe');
    const answer = new Promise((resolve) =>
      addEventListener('message', ({ data, source }) => {
        if (source === page.contentWindow) resolve(data);
      }),
    );
    page.srcdoc = `<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">
      <script type="module">
        import { TrainerClient } from ${JSON.stringify(code)};
        const { code, message } = await new TrainerClient().engine().catch((error) => error);
        parent.postMessage({ code, message }, '*');
      </script>`;
    document.body.append(page);
    try {
      expect(await answer).toMatchObject(failure('worker-src'));
    } finally {
      page.remove();
    }
  });

  it('by being killed in the middle rejects, and the next call starts a new one', async () => {
    const one = client();
    const run = one.train(request(ENDLESS));
    await next(run);
    workers[0].terminate();
    await expect(run.result).rejects.toMatchObject(failure('terminated by other code'));
    await expect(reportsOf(run)).rejects.toMatchObject({ code: 'worker-failed' });
    expect((await one.train(request({ epochs: 1 })).result).cancelled).toBe(false);
    expect(workers).toHaveLength(2);
  });

  it('when it was given cannot be started again', async () => {
    const worker = realWorker();
    const one = client({ worker });
    await one.engine('cpu');
    const run = one.train(request(ENDLESS));
    await next(run);
    worker.terminate();
    await expect(run.result).rejects.toMatchObject({ code: 'worker-failed' });
    await expect(one.engine()).rejects.toMatchObject(failure('give a function'));
  });
});

describe('dispose', () => {
  it('rejects everything that is pending, and what comes after', async () => {
    const one = client();
    const [running, waiting] = [one.train(request(ENDLESS)), one.train(request())];
    await next(running);
    const engine = one.engine('cpu');
    one.dispose();
    one.dispose();
    const all = [running.result, waiting.result, engine, one.engine(), one.memory()];
    for (const call of [...all, one.train(request()).result])
      await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('rejects calls to a worker that is still loading', async () => {
    const one = client();
    const engine = one.engine();
    one.dispose();
    await expect(engine).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('without any call starts no worker', () => {
    client().dispose();
    expect(workers).toHaveLength(0);
  });
});
