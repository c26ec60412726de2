import { expect, it, vi } from 'vitest';
import { announce } from '../../src/worker/announce.ts';

it('reports once which engine trains, and again when it is another', () => {
  const printed: string[] = [];
  const info = vi.spyOn(console, 'info').mockImplementation((text) => printed.push(text));
  const report = { adapter: '', software: false, timings: [] };
  announce({ ...report, engine: 'webgpu', reason: 'Faster.' });
  announce({ ...report, engine: 'webgpu', reason: 'Faster still.' });
  announce({ ...report, engine: 'wasm', reason: 'The GPU was lost.' });
  info.mockRestore();
  expect(printed).toEqual([
    'phaser-foresight trains on the engine webgpu. Faster.',
    'phaser-foresight trains on the engine wasm. The GPU was lost.',
  ]);
});
