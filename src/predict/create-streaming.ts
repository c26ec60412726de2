import type { Streaming } from '../kernels/common/streaming.ts';
import { StreamingNetwork } from '../kernels/reference/streaming-network.ts';
import { StreamingNetwork as WasmStreamingNetwork } from '../kernels/wasm/streaming-network.ts';
import type { NetworkShape } from '../model/network-shape.ts';
import { ForesightError } from '../util/error.ts';

export interface CreateStreamingOptions {
  /** `auto` takes wasm where it runs. */
  readonly engine?: 'auto' | 'wasm' | 'cpu';
}

/**
 * A network that takes steps, in WebAssembly where it runs, else in plain TypeScript. Ready at once:
 * the kernels are small enough to compile on the calling thread, once for all networks. Throws
 * `no-wasm` only when wasm is asked for.
 */
export function createStreaming(
  shape: NetworkShape,
  weights: Float32Array,
  { engine = 'auto' }: CreateStreamingOptions = {},
): Streaming {
  if (engine === 'cpu') return new StreamingNetwork(shape, weights);
  try {
    return new WasmStreamingNetwork(shape, weights);
  } catch (error) {
    const refused = error instanceof ForesightError && error.code === 'no-wasm';
    if (engine === 'wasm' || !refused) throw error;
    return new StreamingNetwork(shape, weights);
  }
}
