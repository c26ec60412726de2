import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const outDir = here('../../node_modules/.vite/e2e-demo');
const shared = {
  configFile: here('../../vite.config.ts'),
  logLevel: 'warn',
  build: { outDir },
} as const;

let server: PreviewServer | undefined;

/**
 * Builds the demo as a player would get it, serves it on a free port and provides `demoUrl`.
 * With DEMO_URL set it does neither: the tests then run against what is served there.
 */
export async function setup(project: TestProject): Promise<void> {
  if (process.env.DEMO_URL) {
    project.provide('demoUrl', process.env.DEMO_URL);
    return;
  }
  await build(shared);
  // Port 0 asks the system for a free one.
  server = await preview({ ...shared, preview: { port: 0, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview gave no address.');
  project.provide('demoUrl', url);
}

export async function teardown(): Promise<void> {
  if (!server) return;
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}
