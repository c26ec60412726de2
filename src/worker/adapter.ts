/** A WebGPU adapter's description of itself. */
export interface AdapterReport {
  /** Its names, for people to read. */
  readonly adapter: string;
  /** True when it computes on the CPU. */
  readonly software: boolean;
}

/** Names under which software implementations of a GPU are known. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/** Requests an adapter and describes it; null when the browser has no WebGPU or no adapter. */
export async function probeAdapter(): Promise<AdapterReport | null> {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? describeAdapter(adapter.info) : null;
  } catch {
    return null;
  }
}

/** Reads the names from `info`, and whether they are those of a software adapter. */
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
