/** What a WebGPU adapter says about itself. */
export interface AdapterReport {
  /** Its own description, for people. */
  readonly adapter: string;
  /** True when it computes on the CPU. */
  readonly software: boolean;
}

/** Names under which software implementations of a GPU are known. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/** Asks for an adapter; null when the browser has no WebGPU or gives none. */
export async function probeAdapter(): Promise<AdapterReport | null> {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? describeAdapter(adapter.info) : null;
  } catch {
    return null;
  }
}

/** What `info` tells: its names, and whether they are those of a software adapter. */
export function describeAdapter(
  info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> &
    Partial<Pick<GPUAdapterInfo, 'isFallbackAdapter'>>,
): AdapterReport {
  const { vendor, architecture, device, description } = info;
  const names = [...new Set([vendor, architecture, device, description])].filter(Boolean).join(' ');
  return {
    adapter: names || 'unnamed adapter',
    software: info.isFallbackAdapter === true || SOFTWARE.test(names),
  };
}
