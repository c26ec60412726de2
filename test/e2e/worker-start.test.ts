import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ForesightPlugin } from '../../plugin/index.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { VERSION } from '../../src/util/version.ts';
import type { TrainerClient } from '../../src/worker/client.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { launchBrowser } from './browser.ts';
import { builtPackage, ROOT } from './built-package.ts';
import { serveFiles } from './serve-files.ts';
import type { Answer, FileServer } from './serve-files.ts';

/** The worker of the built package, started in pages and on servers that make it hard. */
let dist: string;
let browser: Browser;
const servers: FileServer[] = [];

beforeAll(async () => {
  dist = await builtPackage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
});

const NO_ICON = '<!doctype html><link rel="icon" href="data:,">';

/** A page that imports the core from `origin`, its own when empty. */
const modulePage = (origin = ''): string => `${NO_ICON}<script type="module">
    import { TrainerClient } from '${origin}/dist/core.js';
    window.client = new TrainerClient();
  </script>`;

const bundlePage = (src: string): string => `${NO_ICON}<script src="${src}"></script>
  <script>window.client = new Core.TrainerClient();</script>`;

/** A game with the script-tag build. */
const scriptPage = (origin = ''): string => `${NO_ICON}
  <script src="/node_modules/phaser/dist/phaser.min.js"></script>
  <script src="${origin}/dist/phaser-foresight.global.js"></script>
  <script>
    const audio = { noAudio: true };
    const scene = { create() { window.client = this.foresight.shared; } };
    const plugins = PhaserForesight.foresight();
    new Phaser.Game({ type: Phaser.CANVAS, banner: false, audio, scene, plugins });
  </script>`;

/** Larger than what is read on the page's thread. */
const RECORDING = encodeEpisodes({
  spec: SPEC,
  episodes: Array.from({ length: 40 }, (_, i) => randomEpisode(200, i + 1)),
});

const MISSING: Answer = { status: 404, type: 'text/plain', body: 'not found' };
const WORKER = '/dist/foresight.worker.js';
const WEBGPU = '/dist/foresight.webgpu.js';

async function serve(pages: Readonly<Record<string, string | Answer>>): Promise<string> {
  const server = await serveFiles(ROOT, pages);
  servers.push(server);
  return server.url;
}

/** What a page sees. */
interface Started {
  readonly page: Page;
  /** Names of the files of the package that were requested, in order. */
  readonly files: readonly string[];
}

/** What the pages make public. */
interface Shown {
  /** A TrainerClient, or the plugin of a game. */
  readonly client: Pick<TrainerClient, 'engine'>;
  /** Every worker that was started. */
  readonly started: Worker[];
}

async function open(url: string): Promise<Started> {
  const page = await browser.newPage();
  const files: string[] = [];
  page.on('request', (request) => {
    const name = /^[^/]+\/\/[^/]+\/dist\/([\w.-]+)$/.exec(request.url())?.[1];
    if (name && !/^(core|shared)/.test(name)) files.push(name);
  });
  await page.addInitScript(() => {
    const started: Worker[] = [];
    const Original = Worker;
    Object.assign(globalThis, {
      started,
      Worker: function start(...args: ConstructorParameters<typeof Worker>) {
        const worker = new Original(...args);
        started.push(worker);
        return worker;
      },
    });
  });
  await page.goto(url);
  await page.waitForFunction(() => 'client' in globalThis);
  return { page, files };
}

/** Serves a page, with other answers in place of files, and opens it. */
const openWith = async (pages: Readonly<Record<string, string | Answer>>): Promise<Started> =>
  open(`${await serve({ '/page.html': modulePage(), ...pages })}/page.html`);

/** The engine's report, or the code and message of the error. */
const engine = (
  { page }: Started,
  choice: 'auto' | 'wasm' | 'webgpu' = 'wasm',
): Promise<Readonly<Record<string, string>>> =>
  page.evaluate(async (asked) => {
    const { client } = globalThis as unknown as Shown;
    return client.engine(asked).then(
      ({ engine: name, reason }) => ({ engine: name, reason }),
      ({ code, message }) => ({ code, message }),
    );
  }, choice);

const workersOf = ({ page }: Started): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Shown).started.length);

const textOf = (name: string): string => readFileSync(dist + name, 'utf8');
const otherVersion = (name: string): string => textOf(name).replaceAll(VERSION, '0.0.9');

const gzipped = (name: string): number =>
  gzipSync(readFileSync(dist + name), { level: 9 }).byteLength;

it('is small without tfjs', () => {
  expect(gzipped('foresight.worker.js')).toBeLessThan(67_500);
  expect(gzipped('foresight.webgpu.js')).toBeLessThan(145_000);
  expect(gzipped('foresight.reader.js')).toBeLessThan(21_000);
});

describe('the worker', () => {
  it('is the file next to the module when it is there', async () => {
    const started = await openWith({});
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual(['foresight.worker.js']);
  });

  it.each<[string, () => Answer]>([
    ['is missing', () => MISSING],
    ['is an HTML page', () => ({ type: 'text/html', body: NO_ICON })],
    ['is an HTML page that calls itself a script', () => ({ body: NO_ICON })],
    ['crashes', () => ({ body: 'throw new Error("boom")' })],
    ['is of another version', () => ({ body: otherVersion('foresight.worker.js') })],
  ])('is started from its source when the file %s', async (_, answer) => {
    const started = await openWith({ [WORKER]: answer() });
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual(['foresight.worker.js', 'worker-source.js']);
    expect(await workersOf(started)).toBe(2);
  });

  it('is started from its source when the module is of another origin', async () => {
    const cdn = await serve({});
    const started = await openWith({ '/page.html': modulePage(cdn) });
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual(['worker-source.js']);
  });

  it('is started from its source in a bundle that does not know its address', async () => {
    const { output } = await build({
      input: `${dist}core.js`,
      write: false,
      logLevel: 'silent',
      output: { format: 'iife', name: 'Core', codeSplitting: false },
    });
    const started = await openWith({
      '/page.html': bundlePage('/bundle.js'),
      '/bundle.js': output[0].code,
    });
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual([]);
  });

  it('that dies after it was started from its source is started again', async () => {
    const started = await openWith({ [WORKER]: MISSING });
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    const { page } = started;
    const pending = page.evaluate(async () => {
      const { client, started: workers } = globalThis as unknown as Shown;
      const call = client.engine('cpu').catch(({ message }) => message);
      workers.at(-1)!.terminate();
      return call;
    });
    expect(await pending).toContain('terminated by other code');
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
  });

  it('that cannot be had is one error with the line to write, and is not tried again', async () => {
    const csp = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'self'";
    const page = { body: modulePage(), headers: { 'content-security-policy': csp } };
    const started = await openWith({ '/page.html': page, [WORKER]: MISSING });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await engine(started));
    expect(answers[0]).toMatchObject({ code: 'worker-failed' });
    expect(answers[0].message).toContain('foresight.worker.js could not be loaded');
    expect(answers[0].message).toContain(
      "worker: () => new Worker(new URL('phaser-foresight/worker', import.meta.url), { type: 'module' })",
    );
    expect(answers[0].message).toContain('blob: in worker-src');
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
    expect(started.files).toEqual(['foresight.worker.js', 'worker-source.js']);
    expect(await workersOf(started)).toBe(2);
  });
});

describe('the script-tag build', () => {
  it('starts its worker from the same origin', async () => {
    const started = await openWith({ '/page.html': scriptPage() });
    expect(await engine(started)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual(['phaser-foresight.global.js', 'foresight.worker.js']);
  });

  it('starts its worker from another origin, and WebGPU', async () => {
    const started = await openWith({ '/page.html': scriptPage(await serve({})) });
    expect(await engine(started, 'webgpu')).toMatchObject({ engine: 'webgpu' });
    expect(started.files).toEqual([
      'phaser-foresight.global.js',
      'foresight.worker.js',
      'foresight.webgpu.js',
    ]);
  });

  it('carries neither of the files', () => {
    expect(textOf('phaser-foresight.global.js')).not.toContain('requestAdapter');
  });
});

describe('what reads files', () => {
  /** Imports a recording in a game that this page has, and gives its number of episodes. */
  const imported = ({ page }: Started): Promise<number> =>
    page.evaluate(
      async (bytes) => {
        const { client } = globalThis as unknown as { client: ForesightPlugin };
        return client.recordings.import(new Uint8Array(bytes));
      },
      [...RECORDING],
    );

  it('is a file that the worker loads for the first import', async () => {
    const started = await openWith({ '/page.html': scriptPage() });
    expect(await imported(started)).toBe(40);
    expect(started.files).toEqual([
      'phaser-foresight.global.js',
      'foresight.worker.js',
      'foresight.reader.js',
    ]);
  });

  it.each([
    ['missing', () => MISSING],
    ['of another version', () => ({ body: otherVersion('foresight.reader.js') })],
  ])('is in the page too, for a server where that file is %s', async (_, answer) => {
    const started = await openWith({
      '/page.html': scriptPage(),
      '/dist/foresight.reader.js': answer(),
    });
    expect(await imported(started)).toBe(40);
    expect(started.files).toContain('foresight.reader.js');
  });
});

describe('the code for WebGPU', () => {
  it('is not fetched for a software adapter, unless it is asked for', async () => {
    const started = await openWith({});
    for (const choice of ['wasm', 'auto'] as const)
      expect(await engine(started, choice)).toMatchObject({ engine: 'wasm' });
    expect(started.files).toEqual(['foresight.worker.js']);
    expect(await engine(started, 'webgpu')).toMatchObject({ engine: 'webgpu' });
    expect(started.files).toEqual(['foresight.worker.js', 'foresight.webgpu.js']);
  });

  it('comes from its source when the file is missing, also into a worker from its source', async () => {
    const started = await openWith({ [WORKER]: MISSING, [WEBGPU]: MISSING });
    expect(await engine(started, 'webgpu')).toMatchObject({ engine: 'webgpu' });
    expect(started.files.slice(2)).toEqual(['foresight.webgpu.js', 'webgpu-source.js']);
  });

  it('that cannot be had is refused with a hint, and passed over by auto, once', async () => {
    // An adapter that looks like a GPU.
    const worker = `const { prototype } = GPUAdapterInfo;
      for (const [name, value] of [['isFallbackAdapter', false], ['vendor', 'Test'], ['architecture', ''], ['device', ''], ['description', '']])
        Object.defineProperty(prototype, name, { get: () => value });
      ${textOf('foresight.worker.js')}`;
    const started = await openWith({
      [WORKER]: { body: worker },
      [WEBGPU]: { body: otherVersion('foresight.webgpu.js') },
      '/dist/webgpu-source.js': MISSING,
    });
    for (let i = 0; i < 2; i++) {
      const auto = await engine(started, 'auto');
      expect(auto).toMatchObject({ engine: 'wasm' });
      expect(auto.reason).toMatch(
        /^WebGPU cannot be used: its code could not be loaded \(.*of version 0\.0\.9, not .*\)\. WebAssembly/,
      );
    }
    const refused = await engine(started, 'webgpu');
    expect(refused).toMatchObject({ code: 'no-webgpu' });
    expect(refused.message).toContain('Serve foresight.webgpu.js');
    expect(started.files.slice(1)).toEqual(['foresight.webgpu.js', 'webgpu-source.js']);
  });
});
