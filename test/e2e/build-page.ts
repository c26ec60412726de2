import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds a page and its workers from the sources: the folder `root` has its index.html. */
export async function buildPage(root: URL, outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(root),
    base: './',
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, target: 'es2022', chunkSizeWarningLimit: 5000 },
  });
}
