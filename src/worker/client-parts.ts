import type { WorkerPart } from './protocol.ts';

/** Where foresight.webgpu.js should be; undefined in a bundle that does not know its own address. */
export function webgpuUrl(): string | undefined {
  try {
    // Bundlers recognize exactly this expression, and copy the file.
    return new URL('./foresight.webgpu.js', import.meta.url).href;
  } catch {
    return undefined;
  }
}

/** Where foresight.reader.js should be, likewise. */
export function readerUrl(): string | undefined {
  try {
    return new URL('./foresight.reader.js', import.meta.url).href;
  } catch {
    return undefined;
  }
}

/** The text of such a file, which is loaded only for a worker that cannot load the file. */
export async function partSource(part: WorkerPart): Promise<string> {
  const { readSource } = await (part === 'webgpu'
    ? import('./webgpu-source.ts')
    : import('./reader-source.ts'));
  return readSource();
}
