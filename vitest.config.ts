import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './scripts/chromium.mjs';
import { SlowTestsFirst } from './scripts/slow-tests-first.ts';
import { BUNDLED_AHEAD } from './vite.config.ts';

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
    optimizeDeps: { include: [...BUNDLED_AHEAD, 'fast-check', phaser] },
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
    sequence: { sequencer: SlowTestsFirst },
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
