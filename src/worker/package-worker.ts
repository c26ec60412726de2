import { fetchWebgpu } from './fetch-webgpu.ts';
import { serve } from './serve.ts';

/**
 * The worker of the package, `foresight.worker.js`: one file, which may be bundled once more or run from a
 * blob. So it has no address from which to import the kernels for WebGPU, and gets them from the page.
 */
serve({ importWebgpu: fetchWebgpu });
