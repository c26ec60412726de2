import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';

/**
 * Packages that Vite bundles before the first test. One found only in the middle of a run would
 * make Vite bundle again and reload the page under the running test.
 */
const BUNDLED_AHEAD = [
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgpu',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  'comlink',
  'fast-check',
  'idb',
  'uplot',
  'valibot',
];

interface BrowserProjectOptions {
  readonly include: string;
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
    optimizeDeps: { include: [...BUNDLED_AHEAD, phaser] },
    worker: { format: 'es' },
    test: {
      name,
      include: [include],
      // One page at a time: tests that count frames share two cores with nobody.
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
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

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      browserProject('browser', { include: 'test/browser/**/*.test.ts', phaser: 'phaser' }),
      browserProject('browser-phaser3', {
        include: 'test/browser/plugin/**/*.test.ts',
        phaser: 'phaser3',
      }),
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/e2e/serve-demo.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
