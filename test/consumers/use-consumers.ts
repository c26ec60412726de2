import { beforeAll, expect } from 'vitest';
import type { Consumer } from './consumer.ts';
import { packedPackage } from './harness/packed-package.ts';
import { makeProject } from './harness/project.ts';
import type { Toolbox } from './harness/toolbox.ts';
import { play } from './play.ts';
import { usePages } from './use-pages.ts';

/**
 * Prepares what consumers need for the tests of a file. Returns what makes the project of a consumer, builds,
 * serves and plays it, expects that all went well, and resolves with what its worker was started from.
 */
export function useConsumers(
  getToolbox: () => Toolbox | Promise<Toolbox>,
): (consumer: Consumer) => Promise<'file' | 'blob'> {
  let toolbox: Toolbox;
  let packed: string;
  beforeAll(async () => {
    toolbox = await getToolbox();
    ({ folder: packed } = await packedPackage());
  });
  const openPage = usePages();
  return async ({ packages, files, serve }) => {
    const project = await makeProject({ toolbox, packed, packages, files: await files() });
    try {
      const served = await serve(project);
      try {
        const opened = await openPage(served.url);
        const { report, workerFrom } = await play(opened);
        // No graphics card here: WebGPU would be slower.
        expect(report.engine).toBe('wasm');
        expect(report.updates).toBeGreaterThan(0);
        expect(['jab', 'kick', 'block']).toContain(report.prediction);
        expect(opened.problems).toEqual([]);
        return workerFrom;
      } finally {
        await served.close();
      }
    } finally {
      await project.remove();
    }
  };
}
