import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { diffOf, writeChanges } from '../../../src/cli/init/changes.ts';
import { planInit } from '../../../src/cli/init/plan.ts';
import { scriptsOf } from '../../../src/cli/init/scripts-of.ts';
import { Folder } from '../run.ts';
import { PROJECTS } from './projects.ts';
import type { ProjectFiles } from './projects.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const VERSION = '1.2.3';

/** A folder with these files; the path of the folder. */
function project(files: ProjectFiles): string {
  const root = folder.file('project');
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries({ ...files, 'notes.txt': '' })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const plan = (files: ProjectFiles, game?: string) =>
  planInit(project(files), { game, version: VERSION });

/** What is wrong with the syntax of a file. */
function syntaxFaults(path: string, text: string): string[] {
  if (path.endsWith('.json')) return JSON.parse(text) ? [] : ['no JSON'];
  const codes = /\.(?:html|vue)$/.test(path)
    ? scriptsOf(text).filter(({ kind, src }) => kind !== 'importmap' && src === undefined)
    : [{ code: text }];
  return codes.flatMap(({ code }) =>
    ts
      .transpileModule(code, { reportDiagnostics: true, fileName: path.replace(/html|vue/, 'ts') })
      .diagnostics!.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

describe.each(Object.entries(PROJECTS))('%s', (_, shape) => {
  const { files, bundler, game, example, config, added } = shape;

  it('is recognized, changed where it must be, and complete then', () => {
    const found = plan(files);
    expect(found).toMatchObject({ bundler, game });
    const changed = new Map(found.changes.map((change) => [change.path, change]));
    const paths = [game, added[0], example, ...('package.json' in files ? ['package.json'] : [])];
    expect([...changed.keys()].sort()).toEqual([...new Set(paths)].sort());
    expect(changed.get(game)?.after).toContain(config);
    expect(changed.get(added[0])?.after).toContain(added[1]);
    if ('package.json' in files)
      expect(JSON.parse(changed.get('package.json')!.after).dependencies).toEqual({
        phaser: '^4.2.1',
        'phaser-foresight': `^${VERSION}`,
      });
    for (const { path, after } of found.changes) expect(syntaxFaults(path, after)).toEqual([]);

    const diff = diffOf(found.changes);
    expect(diff).toContain(`--- /dev/null\n+++ b/${example}`);
    expect(diff).toContain(`--- a/${game}\n+++ b/${game}`);
    // Everything that was there stays, but for a comma or the end of a line that is continued.
    const removed = diff.split('\n').filter((line) => /^-(?!--)/.test(line));
    expect(removed.length).toBeLessThanOrEqual(4);

    writeChanges(found.folder, found.changes);
    for (const { path, after } of found.changes)
      expect(readFileSync(join(found.folder, path), 'utf8')).toBe(after);
    const again = planInit(found.folder, { version: VERSION });
    expect(again).toMatchObject({ bundler, game, changes: [], steps: [] });
  });
});

describe('what is left to do', () => {
  const vite = PROJECTS['Vite and TypeScript'].files;

  it('names the command of the package manager, and the example', () => {
    expect(plan(vite).steps).toEqual([
      'Run npm install.',
      'Call addForesight(this, player, enemy) of src/foresight-example.ts in create() of your scene.',
    ]);
    expect(plan({ ...vite, 'pnpm-lock.yaml': '' }).steps[0]).toBe('Run pnpm install.');
  });

  it('is to merge other plugins by hand', () => {
    const text = vite['src/game/main.ts'].replace('type: AUTO,', 'plugins: { global: [] },');
    const { changes, steps } = plan({ ...vite, 'src/game/main.ts': text });
    expect(changes.map(({ path }) => path)).toEqual(['package.json', 'src/foresight-example.ts']);
    expect(steps[0]).toMatch(
      /^src\/game\/main\.ts has plugins already\. .*foresight\(.*\.\.\.scene/,
    );
  });

  it('is to write the plugin where the config cannot be read', () => {
    const text = "import { Game } from 'phaser';\nnew Game(makeConfig());\n";
    const { changes, steps } = plan({ ...vite, 'src/game/main.ts': text });
    expect(changes.map(({ path }) => path)).toEqual(['package.json', 'src/foresight-example.ts']);
    expect(steps[0]).toMatch(/not an object in the code.*plugins: foresight\(/);
  });
});

describe('a project that cannot be changed', () => {
  const { files } = PROJECTS['Parcel and TypeScript'];
  const two = { ...files, 'src/other.ts': files['src/main.ts'] };

  it.each<[string, ProjectFiles, string | undefined, RegExp]>([
    ['without any sign of a project', {}, undefined, /neither a package\.json nor an index\.html/],
    ['without a game', { 'package.json': '{}' }, undefined, /No file.*--game.*write it yourself/],
    [
      'with two games',
      two,
      undefined,
      /src\/main\.ts, src\/other\.ts\. Name one of them with --game/,
    ],
    ['with a wrong --game', files, 'src/index.html', /"src\/index\.html" has `?new Phaser/],
    ['with a broken manifest', { 'package.json': '{' }, undefined, /package\.json" is not JSON/],
    [
      'with another Game',
      { 'package.json': '{}', 'a.js': "import { Game } from './b.js';\nnew Game({});" },
      undefined,
      /No file of the project/,
    ],
  ])('%s is refused', (_, broken, game, message) => {
    expect(() => plan(broken, game)).toThrow(message);
  });

  it('but for the choice of one of two games', () => {
    expect(plan(two, 'src/other.ts').game).toBe('src/other.ts');
  });

  it('that is not there is refused', () => {
    expect(() => planInit(folder.file('nowhere'), { version: VERSION })).toThrow(
      /no folder.*--starter/,
    );
  });
});
