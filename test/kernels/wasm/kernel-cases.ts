import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { describeActivations } from './activation-cases.ts';
import { describeGates } from './gate-cases.ts';
import { describeLosses } from './loss-cases.ts';
import { describeProduct } from './product-cases.ts';
import { describeUpdates } from './update-cases.ts';

/** What every kernel must compute, in Node and in browsers. */
export function describeKernels(build: WasmBuild): void {
  describeProduct(build);
  describeActivations(build);
  describeGates(build);
  describeLosses(build);
  describeUpdates(build);
}
