import { expect, it } from 'vitest';
import type { SmokeReply } from './fixtures/matmul.worker.ts';

it('the browser offers a WebGPU adapter', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter).not.toBeNull();
});

it('the browser offers WebGL2, which Phaser draws with', () => {
  expect(document.createElement('canvas').getContext('webgl2')).not.toBeNull();
});

it('tfjs multiplies matrices on WebGPU in a module worker', async () => {
  const url = new URL('./fixtures/matmul.worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  try {
    const reply = await new Promise<SmokeReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<SmokeReply>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    expect(reply).toEqual({ backend: 'webgpu', product: [19, 22, 43, 50] });
  } finally {
    worker.terminate();
  }
});
