import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';
import { softwareAdapter } from './scripts/software-adapter.mjs';
import { SlowTestsFirst } from './scripts/slow-tests-first.ts';
import { BUNDLED_AHEAD } from './vite.config.ts';

const SLOW = 'test/**/*.slow.test.ts';

/** They compute on WebGPU, in Node. */
const GPU = 'test/**/*.gpu.test.ts';

/** They open the built demo, or games of other projects that use the package. */
const PAGE_FILES = ['test/e2e/**/*.test.ts', 'test/consumers/*.test.ts'];

/** What needs a browser, and so is not for the projects that run in Node. */
const OF_BROWSERS = ['test/browser/**', 'test/e2e/**', 'test/consumers/**'];

/** The whole of it and the parts that the kernels need. */
const TFJS = [
  '@tensorflow/tfjs',
  ...BUNDLED_AHEAD.filter((name) => name.startsWith('@tensorflow/')),
];

/** Files that can differ between the versions of Phaser: what it calls, draws and loads. */
const PHASER_FILES = ['game/lifecycle', 'scene/characters', 'game/model-file', 'phaser'].map(
  (file) => `test/browser/plugin/${file}.test.ts`,
);

interface BrowserProjectOptions {
  readonly include: readonly string[];
  /** The npm package that `import 'phaser'` gives. */
  readonly phaser: 'phaser' | 'phaser3';
}

/** A project that runs in a real headless Chromium, WebGPU on. */
function browserProject(
  name: string,
  { include, phaser }: BrowserProjectOptions,
): TestProjectInlineConfiguration {
  return {
    cacheDir: `node_modules/.vite/${name}`,
    resolve: { alias: phaser === 'phaser' ? {} : [{ find: /^phaser$/, replacement: phaser }] },
    optimizeDeps: { include: [...BUNDLED_AHEAD, '@tensorflow/tfjs', 'fast-check', phaser] },
    worker: { format: 'es' },
    test: {
      name,
      include: [...include],
      // One page at a time: a software GPU takes every core that it can get.
      fileParallelism: false,
      testTimeout: 180_000,
      hookTimeout: 180_000,
      provide: { phaserMajor: phaser === 'phaser' ? 4 : 3 },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        viewport: { width: 960, height: 640 },
        provider: playwright({
          launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

/** A project that runs in Node, with WebGPU on the software adapter that Chromium brings. */
function gpuProject(): TestProjectInlineConfiguration {
  const adapter = softwareAdapter();
  return {
    test: {
      name: 'webgpu',
      include: adapter ? [GPU] : ['test/without-adapter.ts'],
      environment: 'node',
      env: adapter ?? {},
      setupFiles: adapter ? ['test/provide-gpu.ts'] : [],
      // Bundled: Node refuses an import within tfjs, and would take several copies of it.
      deps: { optimizer: { ssr: { enabled: true, include: TFJS } } },
      testTimeout: 240_000,
      hookTimeout: 240_000,
    },
  };
}

/** A project that opens pages in a headless Chromium; the built demo is served for it. */
function endToEndProject(
  name: string,
  { include, exclude = [] }: { include: readonly string[]; exclude?: readonly string[] },
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [...include],
      exclude: [...exclude],
      environment: 'node',
      globalSetup: ['test/e2e/serve-demo.ts'],
      fileParallelism: false,
      isolate: false,
      testTimeout: 600_000,
      hookTimeout: 300_000,
    },
  };
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowTestsFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...OF_BROWSERS, SLOW, GPU],
          environment: 'node',
          // Files of one worker share their modules: loading them again for each file took a third of the time.
          isolate: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: [SLOW],
          exclude: [...OF_BROWSERS],
          environment: 'node',
          testTimeout: 3_600_000,
          hookTimeout: 300_000,
        },
      },
      gpuProject(),
      browserProject('browser', { include: ['test/browser/**/*.test.ts'], phaser: 'phaser' }),
      browserProject('browser-phaser3', { include: PHASER_FILES, phaser: 'phaser3' }),
      browserProject('browser-phaser3-slow', {
        include: ['test/browser/plugin/**/*.test.ts'],
        phaser: 'phaser3',
      }),
      endToEndProject('e2e', { include: PAGE_FILES, exclude: [SLOW] }),
      endToEndProject('e2e-slow', {
        include: PAGE_FILES.map((files) => files.replace('*.test', '*.slow.test')),
      }),
    ],
  },
});
