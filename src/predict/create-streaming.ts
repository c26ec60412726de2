import type { Streaming } from '../network/streaming.ts';
import { StreamingNetwork } from '../kernels/reference/streaming-network.ts';
import { StreamingNetwork as WasmStreamingNetwork } from '../kernels/wasm/streaming-network.ts';
import { isSameShape } from '../network/shape.ts';
import type { NetworkShape } from '../network/shape.ts';
import { ForesightError } from '../util/error.ts';
import { warnOfSlowPrediction } from './warn-of-slow-prediction.ts';

/** What predicts: WebAssembly with SIMD, or plain TypeScript, which takes about 12 times as long. */
export type PredictionEngine = Streaming['engine'];

export interface CreateStreamingOptions {
  /** `auto` takes wasm where it runs. */
  readonly engine?: 'auto' | PredictionEngine;
  /**
   * A network that is no longer needed. If it has the same shape and runs in wasm, it is returned with
   * the new weights, so that its memory is used again.
   */
  readonly spare?: Streaming | null;
}

/**
 * A network that takes one step at a time, in WebAssembly where it runs, else in plain TypeScript with a
 * warning on the console. It is ready at once: the kernels are small enough to compile on the calling
 * thread, once for all networks. Throws `no-wasm` only for the engine `wasm`.
 */
export function createStreaming(
  shape: NetworkShape,
  weights: Float32Array,
  { engine = 'auto', spare = null }: CreateStreamingOptions = {},
): Streaming {
  if (engine === 'cpu') return new StreamingNetwork(shape, weights);
  if (spare instanceof WasmStreamingNetwork && isSameShape(spare.shape, shape)) {
    spare.setWeights(weights);
    return spare;
  }
  try {
    return new WasmStreamingNetwork(shape, weights);
  } catch (error) {
    const refused = error instanceof ForesightError && error.code === 'no-wasm';
    if (engine === 'wasm' || !refused) throw error;
    warnOfSlowPrediction(error);
    return new StreamingNetwork(shape, weights);
  }
}
