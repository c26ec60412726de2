import type * as device from '../kernels/webgpu/device.ts';
import type * as network from '../kernels/webgpu/gpu-network.ts';

/** What training on WebGPU needs of its kernels, tfjs included. */
export type WebgpuKernels = Pick<typeof device, 'openDevice' | 'tensorMemory'> &
  Pick<typeof network, 'GpuNetwork'>;

/** Loads the kernels and tfjs from the modules of this project; a bundler splits them off. */
export async function importWebgpuKernels(): Promise<WebgpuKernels> {
  const [{ openDevice, tensorMemory }, { GpuNetwork }] = await Promise.all([
    import('../kernels/webgpu/device.ts'),
    import('../kernels/webgpu/gpu-network.ts'),
  ]);
  return { openDevice, tensorMemory, GpuNetwork };
}
