import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from '../e2e/browser.ts';
import type { Consumer } from './consumer.ts';
import { makeProject } from './harness/project.ts';
import type { Toolbox } from './harness/toolbox.ts';
import { play } from './play.ts';

/**
 * Prepares what consumers need for the tests of a file. Returns what makes the project of a consumer, builds,
 * serves and plays it, expects that all went well, and resolves with what its worker was started from.
 */
export function useConsumers(
  getToolbox: () => Toolbox | Promise<Toolbox>,
): (consumer: Consumer) => Promise<'file' | 'blob'> {
  let browser: Browser;
  let toolbox: Toolbox;
  beforeAll(async () => {
    toolbox = await getToolbox();
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return async ({ packages, files, serve }) => {
    const packed = inject('packed');
    const project = await makeProject({ toolbox, packed, packages, files: await files() });
    try {
      const served = await serve(project);
      try {
        const { report, workerFrom, problems } = await play(browser, served.url);
        expect(problems).toEqual([]);
        // No graphics card here: WebGPU would be slower.
        expect(report).toMatchObject({ engine: 'wasm', errors: [] });
        expect(report.bursts).toBeGreaterThan(0);
        expect(['jab', 'kick', 'block']).toContain(report.prediction);
        if (workerFrom === null) throw new Error('No worker runs on the page.');
        return workerFrom;
      } finally {
        await served.close();
      }
    } finally {
      await project.remove();
    }
  };
}
