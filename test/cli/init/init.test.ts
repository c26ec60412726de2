import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { Folder, foresight, foresightHere } from '../run.ts';
import { PROJECTS } from './projects.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const { files } = PROJECTS['Vite and TypeScript'];
const EXAMPLE = 'src/foresight-example.ts';
let made = 0;

/** The path of a new project. */
function project(): string {
  const root = folder.file(`project-${made++}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
const isUnchanged = (root: string): boolean =>
  Object.entries(files).every(([path, text]) => read(root, path) === text) &&
  !existsSync(join(root, EXAMPLE));

describe('foresight init', () => {
  it('with --yes shows the changes and writes them; then nothing is left to do', async () => {
    const root = project();
    const { code, stdout } = await foresightHere(['init', root, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain("+    plugins: foresight({ store: 'indexeddb' })\n");
    expect(stdout).toContain('Found a game in src/game/main.ts (Vite).\nWrote src/game/main.ts, ');
    expect(stdout).toContain('1. Run npm install.\n2. Call addForesight(');
    expect(read(root, 'package.json')).toContain(`"phaser-foresight": "^${version}"`);
    expect(read(root, EXAMPLE)).toContain('export function addForesight(');
    const again = await foresightHere(['init', root]);
    expect(again).toMatchObject({ code: 0, progress: '', stderr: '' });
    expect(again.stdout).toMatch(/Nothing is left to do: the plugin is there already\.\n$/);
  });

  it('writes after a yes, and nothing after a no', async () => {
    const root = project();
    const questions: string[] = [];
    const no = await foresightHere(['init', root], (question) => questions.push(question) < 0);
    expect(questions).toEqual([`Write these changes to ${root}?`]);
    expect(no).toMatchObject({ code: 0, stdout: 'Nothing was written.\n' });
    expect(no.progress).toContain(`+++ b/${EXAMPLE}`);
    expect(isUnchanged(root)).toBe(true);
    const yes = await foresightHere(['init', root], () => true);
    expect(yes.code).toBe(0);
    expect(yes.stdout).toMatch(/^Found a game/);
    expect(isUnchanged(root)).toBe(false);
  });

  it('where no one can answer shows the changes, and names --yes', async () => {
    const root = project();
    // A process of its own: its standard input is no terminal.
    const { code, stdout, stderr } = await foresight(['init', root]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain(`+++ b/${EXAMPLE}`);
    expect(stdout).toMatch(/no one can answer here\. Add --yes/);
    expect(isUnchanged(root)).toBe(true);
  });

  it('prints one JSON object', async () => {
    const root = project();
    const { stdout } = await foresightHere(['init', root, '--yes', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      bundler: 'Vite',
      game: 'src/game/main.ts',
      written: true,
      changes: [
        { path: 'src/game/main.ts', isNew: false },
        { path: 'package.json', isNew: false },
        { path: EXAMPLE, isNew: true },
      ],
    });
  });

  it('changes nothing when one of the files is read-only', async () => {
    const root = project();
    chmodSync(join(root, 'package.json'), 0o444);
    const { code, stdout, stderr } = await foresightHere(['init', root, '--yes']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /"package\.json" cannot be written: it is read-only\. Nothing was changed/,
    );
    expect(isUnchanged(root)).toBe(true);
    expect(readdirSync(root, { recursive: true }).join()).not.toContain('unfinished');
  });

  it('refuses a folder that is not there', async () => {
    const { code, stderr } = await foresightHere(['init', folder.file('nowhere')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no folder ".*nowhere"\. .*--starter/);
  });
});

describe('the starter', () => {
  const STARTER = ['.gitignore', 'README.md', 'index.html', 'package.json', 'src', 'tsconfig.json'];

  it('comes into an empty folder, and depends on this version of the package', async () => {
    const root = folder.file('empty');
    mkdirSync(root);
    const { code, stdout } = await foresightHere(['init', root, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^new: \.gitignore\nnew: README\.md\n/);
    expect(stdout).toMatch(/Run cd .*empty && npm install && npm run dev\.\n$/);
    expect(readdirSync(root).sort()).toEqual(STARTER);
    const { dependencies } = JSON.parse(read(root, 'package.json'));
    expect(dependencies['phaser-foresight']).toBe(`^${version}`);
    const again = await foresightHere(['init', root]);
    expect(again.stdout).toMatch(/Found a game in src\/main\.ts \(Vite\)\.\nNothing is left to do/);
  });

  it('comes into a new folder with --starter, but never over other files', async () => {
    const root = folder.file('new/game');
    await foresightHere(['init', root, '--starter', '--yes']);
    expect(readdirSync(root).sort()).toEqual(STARTER);
    const { code, stderr } = await foresightHere(['init', root, '--starter', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/has \.gitignore, .* already, which the starter would replace/);
  });

  it('speaks of no worker: there is nothing to set', () => {
    for (const file of [
      'src/main.ts',
      'src/duel-scene.ts',
      'src/duelist.ts',
      'index.html',
      'package.json',
    ])
      expect(read('starter', file)).not.toMatch(/worker/i);
  });
});
