/** Where foresight.webgpu.js should be; undefined in a bundle that does not know its own address. */
export function webgpuUrl(): string | undefined {
  try {
    // Bundlers recognize exactly this expression, and copy the file.
    return new URL('./foresight.webgpu.js', import.meta.url).href;
  } catch {
    return undefined;
  }
}

/** The text of foresight.webgpu.js, which is loaded only for a worker that cannot load the file. */
export async function webgpuSource(): Promise<string> {
  return (await import('./webgpu-source.ts')).readSource();
}
