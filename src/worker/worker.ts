import { importWebgpuKernels } from '../train/webgpu-kernels.ts';
import * as reader from './read-file.ts';
import { serve } from './serve.ts';

/** The worker of a build that bundles these sources: its bundler splits the kernels for WebGPU off. */
serve({ importWebgpu: importWebgpuKernels, importReader: async () => reader });
