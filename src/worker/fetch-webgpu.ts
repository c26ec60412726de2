import type { WebgpuKernels } from '../train/webgpu-kernels.ts';
import { ForesightError, messageOf } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import type { WebgpuOffer } from './trainer-service.ts';

/** What foresight.webgpu.js leaves behind, and where. */
interface WebgpuFile extends WebgpuKernels {
  readonly VERSION: string;
}
const LEFT_AT: unique symbol = Symbol.for('phaser-foresight/webgpu');

/**
 * Imports foresight.webgpu.js: the file where the page supposes it, else the text that the page has.
 * Throws `no-webgpu` when neither can be had.
 */
export async function fetchWebgpu({ url, source }: WebgpuOffer): Promise<WebgpuKernels> {
  const failed: string[] = [];
  const attempt = async (
    from: string,
    load: () => Promise<WebgpuFile>,
  ): Promise<WebgpuFile | null> => {
    try {
      return await load();
    } catch (error) {
      failed.push(`${from}: ${messageOf(error)}`);
      return null;
    }
  };
  const kernels =
    (url && (await attempt(url, () => importFile(url)))) ||
    (source && (await attempt('as a blob', async () => importText(await source()))));
  if (kernels) return kernels;
  const cause = new Error(`its code could not be loaded (${failed.join('; ')})`);
  throw new ForesightError(
    'no-webgpu',
    `The code for WebGPU could not be loaded (${failed.join('; ')}). Serve foresight.webgpu.js of version ${VERSION} at that address, let the Content-Security-Policy allow it or blob: in script-src, or choose the engine "auto" or "wasm".`,
    { cause },
  );
}

async function importText(text: string): Promise<WebgpuFile> {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await importFile(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function importFile(address: string): Promise<WebgpuFile> {
  // Bundlers must leave this import alone: the address is known only in the page.
  await import(/* webpackIgnore: true */ /* @vite-ignore */ address);
  const file = (globalThis as { readonly [LEFT_AT]?: WebgpuFile })[LEFT_AT];
  if (file?.VERSION !== VERSION)
    throw new Error(`the file is of version ${file?.VERSION ?? 'unknown'}, not ${VERSION}`);
  return file;
}
