/**
 * Vite plugin for everything that runs from source (the demo, the browser tests). Published code
 * starts the worker from the file beside it, `./foresight.worker.js`, which only the package build
 * makes; here that address leads to the worker's source instead.
 */
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('../src/worker/worker.ts', import.meta.url));
/** Quote included: prose in comments may name the file as well. */
const PUBLISHED = /(['"])\.\/foresight\.worker\.js\1/g;

/** @returns {import('vite').Plugin} */
export function sourceWorker() {
  return {
    name: 'foresight:source-worker',
    enforce: 'pre',
    transform: {
      filter: { id: /\/(?:src|plugin)\/.*\.ts(?:\?|$)/, code: PUBLISHED },
      handler(code, id) {
        const path = relative(dirname(id), WORKER).replaceAll('\\', '/');
        // No line moves, so the map of the steps after this one stays right.
        return {
          code: code.replace(PUBLISHED, `'${path.startsWith('.') ? path : `./${path}`}'`),
          map: null,
        };
      },
    },
  };
}
