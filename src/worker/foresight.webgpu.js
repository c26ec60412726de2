// The name that the published file has: the page finds it next to the client both in the package and, through
// this file, in the sources. The worker imports it when a WebGPU adapter is about to be used.
export { openDevice, tensorMemory } from '../kernels/webgpu/device.ts';
export { GpuNetwork } from '../kernels/webgpu/gpu-network.ts';
export { VERSION } from '../util/version.ts';
