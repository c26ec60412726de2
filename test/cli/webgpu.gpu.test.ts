import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandBuild } from '../../scripts/build.mjs';
import { workerBuilds } from '../../scripts/build/worker-files.mjs';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { Folder } from './run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The command as the package has it, which finds the npm package `webgpu` or does not. */
const folder = new Folder();
const games = folder.write(
  'games.jsonl',
  writeJsonLines(habitualEpisodes({ sessions: 4, length: 60, seed: 1 })),
);
const model = { contexts: 0, units: 8, feedForward: 0 };
const config = folder.write(
  'config.json',
  JSON.stringify({ model, training: { epochs: 2, windowLength: 16, batchSize: 4 } }),
);
folder.write('package.json', '{ "type": "module" }');

beforeAll(async () => {
  const builds = [...workerBuilds(folder.path), commandBuild(folder.path)];
  for (const options of builds) await build({ cwd: ROOT, ...options });
});
afterAll(() => folder.remove());

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function train(name: string, env: Record<string, string> = {}): Ended {
  const args = `train ${games} --out ${folder.file(name)} --config ${config} --engine webgpu --json`;
  return spawnSync(process.execPath, [folder.file('cli.js'), ...args.split(' ')], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

it('names the package that is missing, and how to install it', () => {
  const { status, stderr } = train('none.safetensors');
  expect(status).toBe(1);
  expect(stderr).toContain('"npm install webgpu"');
});

it('trains on the GPU, and ends', () => {
  installWebgpu();
  const { status, stdout, stderr } = train('model.safetensors');
  expect({ status, stderr: status ? stderr : '' }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ engine: 'webgpu', cancelled: false });
  const { weights } = parseCheckpoint(readFileSync(folder.file('model.safetensors')));
  expect(weights.every(Number.isFinite)).toBe(true);
});

it('reports that there is no adapter', () => {
  const nowhere = { VK_ICD_FILENAMES: '/nowhere', VK_DRIVER_FILES: '/nowhere' };
  const { status, stderr } = train('none.safetensors', nowhere);
  expect(status).toBe(1);
  expect(stderr).toContain('finds no graphics adapter');
});

function installWebgpu(): void {
  mkdirSync(folder.file('node_modules'), { recursive: true });
  symlinkSync(`${ROOT}node_modules/webgpu`, folder.file('node_modules/webgpu'), 'junction');
}
