import { provideGpu } from '../src/cli/provide-gpu.ts';

await provideGpu();
