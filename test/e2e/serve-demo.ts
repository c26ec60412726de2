import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import type { PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

let outDir: string | undefined;
let server: PreviewServer | undefined;

/**
 * Builds the demo as a player would get it, serves it on a free port and provides `demoUrl` and `demoFolder`.
 * With DEMO_URL set it does neither: the tests then run against what is served there.
 */
export async function setup(project: TestProject): Promise<void> {
  if (process.env.DEMO_URL) {
    project.provide('demoUrl', process.env.DEMO_URL);
    project.provide('demoFolder', '');
    return;
  }
  outDir = await mkdtemp(join(tmpdir(), 'foresight-demo-'));
  const shared = { configFile, logLevel: 'warn', build: { outDir } } as const;
  await build(shared);
  // Port 0: the system chooses a free one.
  server = await preview({ ...shared, preview: { port: 0, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite preview gave no address.');
  project.provide('demoUrl', url);
  project.provide('demoFolder', outDir);
}

export async function teardown(): Promise<void> {
  await server?.close();
  if (outDir) await rm(outDir, { recursive: true, force: true });
}
