import { networkGraph } from '../../network/graph.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { StreamingNetwork as Network } from '../../network/streaming-network.ts';
import type { WasmBuild } from './module.ts';
import { WasmStep } from './step-operations.ts';

/** A network that takes one step at a time in wasm memory, which garbage collection frees. */
export class StreamingNetwork extends Network<Float32Array, number, WasmStep> {
  /**
   * @param weights flat; copied
   * @param build default: the fastest one that runs
   * @throws `no-wasm` where wasm does not run; RangeError when the number of weights is wrong
   */
  constructor(shape: NetworkShape, weights: Float32Array, { build }: { build?: WasmBuild } = {}) {
    super(new WasmStep(networkGraph(shape), build), weights);
    this.setWeights(weights);
  }
}
