import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import { serializeCheckpoint } from '../../../../src/model/checkpoint-file.ts';
import type { Episode } from '../../../../src/core.ts';
import { encodeEpisodes } from '../../../../src/record/binary-format.ts';
import { writeJsonLines } from '../../../../src/record/json-lines.ts';
import { readEpisodes } from '../../../../src/record/read-episodes.ts';
import { TRAINER_CLIENT_DEFAULTS } from '../../../../src/worker/client.ts';
import type { ForesightOptions } from '../../../../plugin/index.ts';
import { SPEC, episodeOf, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, startGame, until } from '../fixtures/game.ts';
import { HeldReaders } from '../fixtures/held-readers.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';

const STEPS = 4000;

/** Episodes of 4,000 steps: 40 kB each. */
const episodes = (count: number): Episode[] =>
  Array.from({ length: count }, (_, i) => episodeOf(habit(STEPS), { id: `e${i}` }));
const fileOf = (count: number): Uint8Array<ArrayBuffer> =>
  encodeEpisodes({ spec: SPEC, episodes: episodes(count) });

let game: Phaser.Game;
let foresight: ForesightPlugin;
let storeName = '';
let workers: LiveWorkers;

beforeEach(() => {
  storeName = `test-${crypto.randomUUID()}`;
  workers = new LiveWorkers();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await endGame(game);
});

async function begin(data: ForesightOptions = {}): Promise<void> {
  game = await startGame({ data: { store: 'indexeddb', storeName, ...data }, workers });
  foresight = ForesightPlugin.of(game);
  foresight.models.add('duelist', tinyCheckpoint());
}

const frames = async (count: number): Promise<void> => {
  const { frame } = game.loop;
  await until(() => game.loop.frame >= frame + count);
};

const count = (): Promise<{ episodes: number; steps: number }> => foresight.recordings.count(SPEC);

describe('a recording of 20 MB', () => {
  const file = new Blob([fileOf(500)]);

  it('is read in a worker of its own while the game steps', async () => {
    const readers = new HeldReaders();
    await begin({ worker: readers.start });
    const readHere = vi.spyOn(Blob.prototype, 'arrayBuffer');
    const shares: number[] = [];
    let ended = false;
    const onProgress = (done: number): void => void shares.push(done);
    const imported = foresight.recordings
      .import(file, SPEC, { onProgress })
      .finally(() => (ended = true));
    await until(() => readers.waiting === 1);
    await frames(10);
    expect(ended).toBe(false);
    readers.release();
    expect(await imported).toBe(500);
    expect(readHere).not.toHaveBeenCalled();
    expect(await count()).toEqual({ episodes: 500, steps: 500 * STEPS });
    const [first] = await foresight.recordings.load(SPEC, new Set(['e499']));
    expect(first).toEqual(episodes(500)[499]);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeLessThan(0.5);
    expect(shares.at(-1)).toBe(1);
    // It came in parts: one message with all episodes would hold up the game.
    expect(shares.filter((done) => done > 0.5).length).toBeGreaterThan(50);
    expect(readers.started).toHaveLength(1);
    expect(readers.started[0].terminate).toHaveBeenCalledOnce();
  });

  it('leaves nothing when it is cancelled while it is read', async () => {
    const readers = new HeldReaders();
    await begin({ worker: readers.start });
    await foresight.recordings.import({ spec: SPEC, episodes: episodes(1) });
    const cancel = new AbortController();
    const imported = foresight.recordings.import(file, SPEC, cancel);
    await until(() => readers.waiting === 1);
    cancel.abort();
    await expect(imported).rejects.toMatchObject({ code: 'cancelled' });
    expect(readers.started[0].terminate).toHaveBeenCalledOnce();
    expect(await count()).toEqual({ episodes: 1, steps: STEPS });
  });

  it('leaves nothing when it is cancelled while it is stored', async () => {
    await begin();
    await foresight.recordings.import({ spec: SPEC, episodes: episodes(1) });
    const cancel = new AbortController();
    const { signal } = cancel;
    let stored = 0;
    const onProgress = (done: number): void => {
      if (done > 0.5 && ++stored === 3) cancel.abort();
    };
    const imported = foresight.recordings.import(file, SPEC, { signal, onProgress });
    await expect(imported).rejects.toMatchObject({ code: 'cancelled' });
    expect(stored).toBe(3);
    expect(await count()).toEqual({ episodes: 1, steps: STEPS });
    expect(workers.live.size).toBe(0);
  });

  it('is not begun with a signal that is aborted', async () => {
    await begin();
    const imported = foresight.recordings.import(file, SPEC, { signal: AbortSignal.abort() });
    await expect(imported).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.started).toBe(0);
  });

  it('is read here where no worker can be started, and where one was given', async () => {
    await begin({ worker: '/nowhere/foresight.worker.js' });
    expect(await foresight.recordings.import(new Blob([fileOf(10)]), SPEC)).toBe(10);
    await endGame(game);
    await begin({ worker: workers.start() });
    expect(await foresight.recordings.import(new Blob([fileOf(12)]), SPEC)).toBe(2);
    expect(workers.started).toBe(1);
  });
});

describe('a worker that reads', () => {
  it('and hangs is ended, and nothing of the file stays', async () => {
    const readers = new HeldReaders();
    await begin({ worker: readers.start });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const imported = foresight.recordings.import(new Blob([fileOf(10)]), SPEC);
    imported.catch(() => {});
    while (!readers.waiting) await new Promise((resolve) => requestAnimationFrame(resolve));
    vi.advanceTimersByTime(TRAINER_CLIENT_DEFAULTS.answerTimeoutMs + 1000);
    await expect(imported).rejects.toMatchObject({
      code: 'worker-failed',
      message: expect.stringMatching(/showed no progress for 60 s .* Divide the file/),
    });
    expect(readers.started[0].terminate).toHaveBeenCalledOnce();
    expect(await count()).toEqual({ episodes: 0, steps: 0 });
  });

  it('and is killed rejects', async () => {
    const readers = new HeldReaders();
    await begin({ worker: readers.start });
    const imported = foresight.recordings.import(new Blob([fileOf(10)]), SPEC);
    imported.catch(() => {});
    await until(() => readers.waiting === 1);
    readers.started[0].terminate();
    await expect(imported).rejects.toMatchObject({
      code: 'worker-failed',
      message: expect.stringContaining('Import the file again'),
    });
    expect(await count()).toEqual({ episodes: 0, steps: 0 });
  });
});

describe('a hostile file', () => {
  const json = writeJsonLines({ spec: SPEC, episodes: episodes(4) });
  const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
  const binary = fileOf(4);
  const changed = binary.slice();
  changed[40_000] ^= 1;

  const FILES = [
    ['cut off', binary.slice(0, 50_000)],
    ['changed', changed],
    ['of another kind', text('x'.repeat(40_000))],
    ['with a fault in a line', text(json.replace('"e3"', '"e1"'))],
    ['with 900,000 names', text(hugeNames())],
    ['a cut gzip', async () => (await gzip(text(json))).slice(0, 100)],
    ['a gzip that unpacks to 40 MB', () => gzip(new Uint8Array(40 * 2 ** 20))],
  ] as const;

  it.each(FILES)('gives the same error through the worker: %s', async (_, made) => {
    await begin({ store: 'memory' });
    const bytes = typeof made === 'function' ? await made() : made;
    const here: unknown = await readEpisodes(bytes, 'the imported file').catch((error) => error);
    const there: unknown = await foresight.recordings.import(bytes).catch((error) => error);
    const { code, message } = here as { code: string; message: string };
    expect(there).toMatchObject({ code, message });
    expect(code).toMatch(/corrupt-file|too-large/);
    expect(workers.started).toBe(1);
    expect(workers.live.size).toBe(0);
    expect(await count()).toEqual({ episodes: 0, steps: 0 });
  });

  function hugeNames(): string {
    const categorical = Object.fromEntries(
      Array.from({ length: 9 }, (__, i) => [`x${i}`, 'id 0-99999']),
    );
    const format = { format: 'episodes-jsonl/1', tickRate: 60, actions: ['a', 'b'], categorical };
    return JSON.stringify({ ...format, columns: ['tick', 'action'], about: ' '.repeat(40_000) });
  }

  async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  }
});

it('a small file starts no worker', async () => {
  const smallFile = encodeEpisodes({ spec: SPEC, episodes: [episodeOf(habit(3000))] });
  await begin();
  expect(await foresight.recordings.import(smallFile, SPEC)).toBe(1);
  expect(await foresight.recordings.import(new Blob([smallFile]), SPEC)).toBe(0);
  expect(workers.started).toBe(0);
});

describe('a model of 600 kB', () => {
  const large = tinyCheckpoint(7, SPEC, { units: 180 });
  const bytes = serializeCheckpoint(large);

  it.each([
    ['bytes', bytes],
    ['a Blob', new Blob([bytes])],
    ['a buffer', bytes.buffer],
  ])('is read in a worker, from %s', async (_, file) => {
    await begin();
    await foresight.models.get('duelist').import(file);
    const { checkpoint } = foresight.models.get('duelist');
    expect(checkpoint).toEqual(large);
    expect([workers.started, workers.live.size]).toEqual([1, 0]);
    expect(bytes.length).toBeGreaterThan(500_000);
  });

  it('that is cut off gives the same error, and the weights stay', async () => {
    await begin();
    const model = foresight.models.get('duelist');
    const before = model.checkpoint;
    await expect(model.import(bytes.slice(0, 100_000))).rejects.toMatchObject({
      code: 'corrupt-file',
      message: expect.stringMatching(/^duelist is not a (usable|whole) /),
    });
    expect(model.checkpoint).toBe(before);
    expect([workers.started, workers.live.size]).toEqual([1, 0]);
  });

  it('leaves the weights when it is cancelled', async () => {
    const readers = new HeldReaders();
    await begin({ worker: readers.start });
    const model = foresight.models.get('duelist');
    const before = model.checkpoint;
    const cancel = new AbortController();
    const imported = model.import(new Blob([bytes]), cancel);
    await until(() => readers.waiting === 1);
    cancel.abort();
    await expect(imported).rejects.toMatchObject({ code: 'cancelled' });
    expect(model.checkpoint).toBe(before);
  });
});
