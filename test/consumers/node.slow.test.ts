import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { VERSION } from '../../src/util/version.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { packedPackage } from './harness/packed-package.ts';
import { makeProject } from './harness/project.ts';
import type { Project } from './harness/project.ts';
import { installToolbox } from './harness/toolbox.ts';

const CLI = 'node_modules/phaser-foresight/dist/cli.js';
const TRAIN = fileURLToPath(new URL('../e2e/consumer/train.mjs', import.meta.url));

/** The packages that bring other versions of Node are for this platform alone. */
const HAS_VERSIONS = process.platform === 'linux' && process.arch === 'x64';

/** What `train.mjs` reports. */
const TRAINED = { engine: 'wasm', epochs: [1, 2], finite: true, predicted: 40, on: 'wasm' };

let project: Project;

beforeAll(async () => {
  const [toolbox, { folder: packed }] = await Promise.all([installToolbox(), packedPackage()]);
  const games = writeJsonLines(habitualEpisodes({ sessions: 4, length: 60, seed: 1 }));
  project = await makeProject({
    toolbox,
    packed,
    packages: HAS_VERSIONS ? ['node20', 'node22', 'node24'] : [],
    files: { 'games.jsonl': games },
  });
  await copyFile(TRAIN, join(project.dir, 'train.mjs'));
});

afterAll(() => project?.remove());

describe.skipIf(!HAS_VERSIONS).each(['20', '22', '24'])('Node %s', (version) => {
  const node = (...args: string[]): Promise<string> =>
    project.execute(`node_modules/node${version}/bin/node`, args);

  it('trains with the core, in a thread, and predicts', async () => {
    expect(await node('--version')).toMatch(`v${version}.`);
    const report = JSON.parse(await node('train.mjs')) as unknown;
    expect(report).toMatchObject(TRAINED);
  });

  it('runs the command', async () => {
    expect(await node(CLI, '--version')).toContain(VERSION);
    const model = `model-${version}.safetensors`;
    await node(CLI, 'train', 'games.jsonl', '--out', model, '--units', '8', '--epochs', '2');
    const scores = await node(CLI, 'evaluate', model, 'games.jsonl', '--json');
    expect(JSON.parse(scores.slice(scores.indexOf('{')))).toHaveProperty('predictions');
  });
});
