import type { WebgpuKernels } from '../train/webgpu-kernels.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import { fetchPart } from './fetch-part.ts';
import type { PartOffer } from './fetch-part.ts';

/** Imports foresight.webgpu.js, see `fetchPart`. Throws `no-webgpu` when it cannot be had. */
export async function fetchWebgpu(offer: PartOffer): Promise<WebgpuKernels> {
  try {
    return await fetchPart<WebgpuKernels>('webgpu', offer);
  } catch (error) {
    const failed = messageOf(error);
    const cause = new Error(`its code could not be loaded (${failed})`);
    throw new ForesightError(
      'no-webgpu',
      `The code for WebGPU could not be loaded (${failed}). Serve foresight.webgpu.js of version ${VERSION} at that address, let the Content-Security-Policy allow it or blob: in script-src, or choose the engine "auto" or "wasm".`,
      { cause },
    );
  }
}
