import { expect, it } from 'vitest';
import { BINARIES } from '../../../../src/kernels/wasm/binaries.ts';
import { wasmModule } from '../../../../src/kernels/wasm/module.ts';
import { createWasmBackend } from '../../../../src/train/wasm-backend.ts';
import { describeKernels } from '../../../kernels/wasm/kernel-cases.ts';
import { describeStreaming } from '../../../kernels/wasm/streaming-cases.ts';
import { describeTraining } from '../../../kernels/wasm/training-cases.ts';
import { describeBackend } from '../../../train/backend-cases.ts';

it('uses the relaxed build where the browser supports it', () => {
  expect(wasmModule(BINARIES)).toBe(wasmModule(BINARIES, 'relaxed'));
});

for (const build of ['relaxed', 'plain'] as const) {
  describeKernels(build);
  describeStreaming(build);
  describeTraining(build);
  describeBackend(`wasm, ${build} build`, (options) => createWasmBackend({ ...options, build }));
}
