import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const configFile = fileURLToPath(new URL('../../../vite.config.ts', import.meta.url));

/** Builds the demo as a player gets it and serves it on a free port. */
export async function serveDemo(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'foresight-bench-'));
  const remove = () => rm(outDir, { recursive: true, force: true });
  try {
    // Silent, as vite prints to stdout, which is for the report.
    const shared = { configFile, logLevel: 'silent', build: { outDir } } as const;
    await build(shared);
    const server = await preview({ ...shared, preview: { port: 0, open: false } });
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error('vite gave no address.');
    return {
      url,
      async close() {
        await server.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
