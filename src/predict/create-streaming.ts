import type { Streaming } from '../network/streaming.ts';
import type { StreamingNetwork } from '../kernels/reference/streaming-network.ts';
import { StreamingNetwork as WasmStreamingNetwork } from '../kernels/wasm/streaming-network.ts';
import { isSameShape } from '../network/shape.ts';
import type { NetworkShape } from '../network/shape.ts';
import { ForesightError } from '../util/error.ts';
import { loadPart } from '../util/load-part.ts';
import { warnOfSlowPrediction } from './warn-of-slow-prediction.ts';

/** What predicts: WebAssembly with SIMD, or plain TypeScript, which takes about 12 times as long. */
export type PredictionEngine = Streaming['engine'];

/** Plain TypeScript, once it is loaded: few pages need it. */
let PlainNetwork: typeof StreamingNetwork | null = null;

export type CreateStreaming = typeof createStreaming;

/**
 * Loads plain TypeScript, so that `createStreaming` no longer throws where WebAssembly does not run. Rejects with
 * `not-ready`.
 */
export async function loadPlainEngine(): Promise<void> {
  const { StreamingNetwork: loaded } = await loadPart(
    'What predicts without WebAssembly',
    () => import('../kernels/reference/streaming-network.ts'),
  );
  PlainNetwork = loaded;
}

/** Whether `createStreaming` threw this, and does not once `loadPlainEngine` is done. */
export const needsPlainEngine = (error: unknown): boolean =>
  error instanceof ForesightError && error.code === 'no-wasm';

/**
 * A network that takes one step at a time, in WebAssembly where it runs. Elsewhere in plain TypeScript with
 * a warning on the console, if that is loaded; else throws `no-wasm`. It is ready at once: the kernels are
 * small enough to compile on the calling thread, once for all networks.
 *
 * @param spare a network that is no longer needed: if it has the same shape and runs in wasm, it is returned
 * with the new weights, so that its memory is used again
 */
export function createStreaming(
  shape: NetworkShape,
  weights: Float32Array,
  spare: Streaming | null = null,
): Streaming {
  if (spare instanceof WasmStreamingNetwork && isSameShape(spare.shape, shape)) {
    spare.setWeights(weights);
    return spare;
  }
  try {
    return new WasmStreamingNetwork(shape, weights);
  } catch (error) {
    if (!(error instanceof ForesightError && needsPlainEngine(error))) throw error;
    const { cause } = error;
    const why = cause instanceof Error ? cause.message : error.message;
    if (!PlainNetwork)
      throw new ForesightError(
        'no-wasm',
        `WebAssembly cannot be used here (${why}). Allow wasm-unsafe-eval in the Content-Security-Policy, close other pages to free memory, or make the predictor with \`await Predictor.create(checkpoint)\`, which predicts in plain TypeScript then.`,
        { cause },
      );
    warnOfSlowPrediction(why);
    return new PlainNetwork(shape, weights);
  }
}
