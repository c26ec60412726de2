import { fetchReader } from './fetch-reader.ts';
import { fetchWebgpu } from './fetch-webgpu.ts';
import { serve } from './serve.ts';

/**
 * The worker of the package, `foresight.worker.js`: one file, which may be bundled once more or run from a
 * blob. So it has no address from which to import what is not always needed, and gets it from the page.
 */
serve({ importWebgpu: fetchWebgpu, importReader: fetchReader });
