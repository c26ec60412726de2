import { beforeAll, afterEach, expect, it } from 'vitest';
import { pageWith, plainGame, withoutTypes } from './harness/game-text.ts';
import type { Files } from './harness/game-text.ts';
import { packedPackage } from './harness/packed-package.ts';
import { makeProject } from './harness/project.ts';
import type { Project } from './harness/project.ts';
import { installToolbox } from './harness/toolbox.ts';
import type { Toolbox } from './harness/toolbox.ts';
import { play } from './play.ts';
import { playByKeys } from './play-by-keys.ts';
import { serveFolder } from './shapes/served.ts';
import { usePages } from './use-pages.ts';

const CLI = 'node_modules/phaser-foresight/dist/cli.js';
const VITE = 'node_modules/vite/bin/vite.js';
const TSC = 'node_modules/typescript/bin/tsc';

const openPage = usePages();

let toolbox: Toolbox;
let packed: string;
let project: Project | undefined;

beforeAll(async () => {
  toolbox = await installToolbox();
  ({ folder: packed } = await packedPackage());
});

afterEach(async () => {
  await project?.remove();
  project = undefined;
});

async function make(files: Files): Promise<Project> {
  const packages = ['vite', 'phaser', 'typescript@typescript6'];
  project = await makeProject({ toolbox, packed, packages, files });
  return project;
}

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2022', 'DOM'],
    types: [],
    strict: true,
    // Phaser's own declarations have faults.
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src'],
});

async function expectToLearn(made: Project, folder: string): Promise<void> {
  const served = await serveFolder(made, folder);
  try {
    const opened = await openPage(served.url);
    const { report } = await play(opened);
    expect(report).toMatchObject({ engine: 'wasm', errors: [] });
    expect(opened.problems).toEqual([]);
  } finally {
    await served.close();
  }
}

it('adds the plugin to a TypeScript game, which then learns and predicts', async () => {
  const made = await make({
    'index.html': pageWith('<script type="module" src="/src/main.ts"></script>'),
    'tsconfig.json': TSCONFIG,
    ...(await plainGame()),
  });
  await made.run(CLI, ['init', '--yes']);
  await made.run(TSC);
  await made.run(VITE, ['build']);
  await expectToLearn(made, 'dist');
});

it('adds the plugin to a JavaScript game', async () => {
  const made = await make({
    'index.html': pageWith('<script type="module" src="/src/main.js"></script>'),
    ...withoutTypes(await plainGame()),
  });
  await made.run(CLI, ['init', '--yes']);
  await made.run(VITE, ['build']);
  await expectToLearn(made, 'dist');
});

it('makes a starter that type-checks, learns and predicts', async () => {
  const made = await make({});
  await made.run(CLI, ['init', 'duel', '--starter', '--yes']);
  await made.run(TSC, ['--project', 'duel']);
  await made.run(VITE, ['build', 'duel']);
  const served = await serveFolder(made, 'duel/dist');
  try {
    const { page, problems } = await openPage(served.url);
    await page.waitForFunction(() => document.querySelector('canvas') !== null, undefined, {
      polling: 10,
    });
    await playByKeys(page, {
      habit: ['t', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'],
      isDone: () =>
        page.evaluate(() =>
          /new weights/i.test(document.querySelector('.foresight-panel')?.textContent ?? ''),
        ),
    });
    expect(problems).toEqual([]);
  } finally {
    await served.close();
  }
});
