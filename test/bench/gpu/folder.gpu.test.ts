import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFolder } from './build-folder.ts';
import { MODELS } from './models.ts';
import { platforms, thisPlatform } from './platforms.ts';
import type { GpuReport } from './report.ts';

const parent = mkdtempSync(join(tmpdir(), 'foresight-gpu-bench-'));
const folder = join(parent, 'gpu-bench');

beforeAll(() => buildFolder({ folder, platform: thisPlatform() }));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

it('is small enough to be sent', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(40e6);
  expect(platforms()).toContain(thisPlatform());
});

it('measures every model with nothing but Node', () => {
  const names = Object.keys(MODELS);
  const args = ['run.mjs', '--quick', '--batch', '2', '--out', 'out.json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr: status ? stderr : '' }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('gradients agree');
  const report: GpuReport = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  expect(report).toMatchObject({ bench: 'gpu', software: true });
  expect(report.driver).toContain('SwiftShader');
  expect(report.matmul.gflops).toBeGreaterThan(0);
  expect(report.rows.map(({ model }) => model)).toEqual(names);
  for (const { webgpu, wasm, agrees, flops, note } of report.rows) {
    expect(wasm?.gflops).toBeGreaterThan(0);
    expect(flops).toBeGreaterThan(0);
    // Measured, or refused with a reason.
    expect(agrees).toBe(note ? null : true);
    if (!note) expect(webgpu?.dispatchesPerBatch).toBeGreaterThan(0);
  }
  expect(report.rows.filter(({ note }) => !note).length).toBeGreaterThanOrEqual(3);
});
