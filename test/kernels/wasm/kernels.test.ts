import { describeKernels } from './kernel-cases.ts';

// Node 20 has no relaxed SIMD: the browser tests run that build.
describeKernels('plain');
