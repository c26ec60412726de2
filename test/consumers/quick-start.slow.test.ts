import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveFiles } from '../e2e/serve-files.ts';
import { packedPackage } from './harness/packed-package.ts';
import { runCommand, startCommand } from './harness/processes.ts';
import { readBlocks } from './harness/read-blocks.ts';
import { installToolbox, versionOf } from './harness/toolbox.ts';
import { usePages } from './use-pages.ts';
import { playByKeys } from './play-by-keys.ts';

/** The quick start, done word for word. Only versions are pinned, and the package is the packed one. */
const PAGE = new URL('../../docs/quick-start.md', import.meta.url);
/** What "latest" is, as the toolbox names it. */
const LATEST = { phaser: 'phaser', vite: 'vite', typescript: 'typescript7' } as const;

const openPage = usePages();

let scratch: string;
let dir: string;
let commands: string[];

beforeAll(async () => {
  const blocks = readBlocks(await readFile(PAGE, 'utf8'));
  commands = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text.trim());
  const toolbox = await installToolbox();
  const pinned: Record<string, string> = { 'phaser-foresight': (await packedPackage()).tarball };
  for (const [name, alias] of Object.entries(LATEST))
    pinned[name] = `${name}@${await versionOf(toolbox, alias)}`;
  const setUp = commands[0]
    .split('\n')
    .map((line) =>
      line.startsWith('npm install ')
        ? line.replaceAll(/(?<= )[a-z][\w-]+(?= |$)/g, (word) => pinned[word] ?? word)
        : line,
    );
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'foresight-quick-start-')));
  await runCommand({ command: 'sh', args: ['-ec', setUp.join('\n')], cwd: scratch });
  dir = join(scratch, 'my-duel');
  for (const { file, text } of blocks) {
    if (!file) continue;
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await writeFile(join(dir, file), text);
  }
});

afterAll(async () => {
  if (scratch) await rm(scratch, { recursive: true, force: true });
});

async function expectToLearn(url: string): Promise<void> {
  const { page, problems } = await openPage(url);
  const status = (): Promise<string> =>
    page.evaluate(() => document.querySelector('#status')?.textContent ?? '');
  const isDone = async (): Promise<boolean> =>
    /learned [1-9]\d* times and expects: (jab|kick|block)/.test(await status());
  await playByKeys(page, { habit: ['j', 'j', 'k'], isDone });
  expect(problems).toEqual([]);
}

it('has three commands: set up, develop, build', () => {
  expect(commands.slice(1)).toEqual(['npm run dev', 'npm run build']);
});

it('learns and predicts in the development server', async () => {
  const [command, ...args] = commands[1].split(' ');
  const { found, stop } = await startCommand({ command, args, cwd: dir }, /(http:\/\/\S+:\d+\/)/);
  try {
    await expectToLearn(found);
  } finally {
    await stop();
  }
});

it('type-checks, and learns and predicts when built', async () => {
  const [command, ...args] = commands[2].split(' ');
  await runCommand({ command, args, cwd: dir });
  const server = await serveFiles(join(dir, 'dist'), {});
  try {
    await expectToLearn(`${server.url}/index.html`);
  } finally {
    await server.close();
  }
});
