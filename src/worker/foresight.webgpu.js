// The name that the published file has: the page finds it next to the client both in the package and, through
// this file, in the sources. The worker imports it when a WebGPU adapter is about to be used.
import { openDevice, tensorMemory } from '../kernels/webgpu/device.ts';
import { GpuNetwork } from '../kernels/webgpu/gpu-network.ts';
import { VERSION } from '../util/version.ts';

// Left here and not exported: Parcel bundles the file once more, and drops its exports.
Object.assign(globalThis, {
  [Symbol.for('phaser-foresight/webgpu')]: { VERSION, openDevice, tensorMemory, GpuNetwork },
});
