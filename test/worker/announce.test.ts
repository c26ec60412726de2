import { expect, it, vi } from 'vitest';
import { announce } from '../../src/worker/announce.ts';

it('says once which engine trains, and again when it is another', () => {
  const said: string[] = [];
  const info = vi.spyOn(console, 'info').mockImplementation((text) => said.push(text));
  const report = { adapter: '', software: false, timings: [] };
  announce({ ...report, engine: 'webgpu', reason: 'Faster.' });
  announce({ ...report, engine: 'webgpu', reason: 'Faster still.' });
  announce({ ...report, engine: 'wasm', reason: 'The GPU was lost.' });
  info.mockRestore();
  expect(said).toEqual([
    'phaser-foresight trains on the engine webgpu. Faster.',
    'phaser-foresight trains on the engine wasm. The GPU was lost.',
  ]);
});
