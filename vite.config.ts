import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Packages that Vite bundles before it serves the first page. One found only later, such as in a
 * worker, would make Vite bundle again and reload the page under the running game or test.
 */
export const BUNDLED_AHEAD = [
  '@tensorflow/tfjs-backend-webgpu',
  // A part of @tensorflow/tfjs, which installs it; the kernels need no more.
  '@tensorflow/tfjs-core',
  'comlink',
  'idb',
  'uplot',
  'valibot',
];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The demo: `npm start` serves it, `npm run build:demo` writes it to demo-dist/. */
export default defineConfig({
  root: here('demo'),
  publicDir: here('assets'),
  // Relative addresses: the built demo works in any folder of any web server.
  base: './',
  cacheDir: here('node_modules/.vite/demo'),
  server: { host: 'localhost' },
  preview: { host: 'localhost' },
  optimizeDeps: { include: [...BUNDLED_AHEAD, 'phaser'] },
  worker: { format: 'es' },
  build: {
    outDir: here('demo-dist'),
    emptyOutDir: true,
    target: 'es2022',
    // How long each plugin took is of no interest here.
    rolldownOptions: { checks: { pluginTimings: false } },
    // Phaser alone is larger than the default limit of the warning.
    chunkSizeWarningLimit: 2500,
  },
});
