import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import type { ViteDevServer } from 'vite';
import { BUNDLED_AHEAD } from '../../../vite.config.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Packages in CommonJS or of many small files; the others are served as they are. */
const TO_BUNDLE = ['@tensorflow/tfjs-backend-wasm', 'brain.js/browser.js'];
const AS_THEY_ARE = ['@jax-js/jax', 'onnxruntime-web'];

/** Serves the bench's pages on a free port. The caller closes it. */
export async function servePages(): Promise<{ server: ViteDevServer; url: string }> {
  const installed = TO_BUNDLE.filter((name) => existsSync(`${FOLDER}node_modules/${name}`));
  const server = await createServer({
    configFile: false,
    root: FOLDER,
    cacheDir: `${ROOT}node_modules/.vite/bench`,
    logLevel: 'error',
    server: {
      host: 'localhost',
      // Port 0 lets the system choose a free one.
      port: 0,
      // A file saved meanwhile must not reload a page that is being timed.
      hmr: false,
      watch: null,
      fs: { allow: [ROOT] },
    },
    optimizeDeps: {
      include: [...BUNDLED_AHEAD, '@tensorflow/tfjs', ...installed],
      exclude: AS_THEY_ARE,
      entries: ['page/index.html'],
    },
    worker: { format: 'es' },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('vite gave no address.');
  return { server, url };
}
