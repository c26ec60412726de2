import { splitBackends } from '../threads/split-backend.ts';
import type { SplitOptions } from '../threads/split-backend.ts';
import type { CreateBackend } from '../train/backend.ts';
import { localBackends } from '../train/local-engine.ts';
import { WebgpuEngine } from '../train/webgpu-engine.ts';
import { chooseEngine } from '../worker/choose-engine.ts';
import { webgpuUrl } from '../worker/client-parts.ts';
import { fetchWebgpu } from '../worker/fetch-webgpu.ts';
import { provideGpu } from './provide-gpu.ts';

/** Engines of the command. `auto` never takes the GPU: whether one is faster would have to be timed. */
export const ENGINES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
export type CommandEngine = (typeof ENGINES)[number];

/**
 * Backends of the engine of that name, checked on each network that they are to train. Those of `webgpu`
 * continue on the CPU when the GPU fails. Throws `no-webgpu` where there is none.
 *
 * @param threads those that others than WebGPU may train on; the calling one alone unless given
 */
export async function openEngine(
  engine: CommandEngine,
  threads?: SplitOptions,
): Promise<CreateBackend> {
  if (engine !== 'webgpu') return threads ? splitBackends(engine, threads) : localBackends(engine);
  await provideGpu();
  // The file that pages load: it lies next to the command, with tfjs bundled as Node needs it.
  const webgpu = new WebgpuEngine(() => fetchWebgpu({ url: webgpuUrl() }));
  return async (workload) => {
    const { createBackend } = await chooseEngine(engine, { webgpu, workload });
    return createBackend(workload);
  };
}
