import { importWebgpuKernels } from '../train/webgpu-kernels.ts';
import { serve } from './serve.ts';

/** The worker of a build that bundles these sources: its bundler splits off what is not always needed. */
serve({ importWebgpu: importWebgpuKernels, importReader: () => import('./read-file.ts') });
