import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand, startCommand } from './processes.ts';
import type { StartedCommand } from './processes.ts';
import { ROOT_TOOLBOX } from './toolbox.ts';
import type { Toolbox } from './toolbox.ts';

export interface ProjectOptions {
  readonly toolbox: Toolbox;
  /** Folder of the packed package. */
  readonly packed: string;
  /**
   * Packages that its author installed, as `name` or `name@alias` where the toolbox has it under an alias.
   * What the toolbox lacks is that of this project.
   */
  readonly packages: readonly string[];
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A folder outside of the checkout with a project that uses the package. The test that makes it removes it. */
export interface Project {
  /** Absolute. */
  readonly dir: string;
  /** Runs one of its scripts with Node: `build.mjs`, `node_modules/vite/bin/vite.js`. */
  run(script: string, args?: readonly string[]): Promise<string>;
  /** Runs one of its programs. */
  execute(program: string, args: readonly string[]): Promise<string>;
  /** `run` for a script that keeps running. */
  start(script: string, args: readonly string[], ready: RegExp): Promise<StartedCommand>;
  remove(): Promise<void>;
}

/** Puts a project into a folder of its own. */
export async function makeProject(options: ProjectOptions): Promise<Project> {
  const { toolbox, packed, packages, files } = options;
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'foresight-consumer-')));
  const modules = join(dir, 'node_modules');
  // A copy, as npm makes it: bundlers treat a linked package as part of the user's own source.
  await cp(packed, join(modules, 'phaser-foresight'), { recursive: true });
  const { dependencies = {} } = JSON.parse(
    await readFile(join(packed, 'package.json'), 'utf8'),
  ) as { dependencies?: Record<string, string> };
  const links = [
    ...Object.keys(dependencies).map((name) => [name, join(ROOT_TOOLBOX.modules, name)]),
    ...packages.map((one) => {
      const [, name, alias = name] = /^(@?[^@]+)(?:@(.+))?$/.exec(one)!;
      const { modules: from } = existsSync(join(toolbox.modules, alias)) ? toolbox : ROOT_TOOLBOX;
      return [name, join(from, alias)];
    }),
  ];
  for (const [name, target] of links) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(target, join(modules, name), 'junction');
  }
  const manifest = { name: 'consumer', private: true, version: '1.0.0', type: 'module' };
  for (const [path, text] of Object.entries({
    'package.json': JSON.stringify(manifest, null, 2),
    ...files,
  })) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const nodeWith = (script: string, args: readonly string[]) => ({
    command: process.execPath,
    args: [join(dir, script), ...args],
    cwd: dir,
  });
  return {
    dir,
    run: (script, args = []) => runCommand(nodeWith(script, args)),
    execute: (program, args) => runCommand({ command: join(dir, program), args, cwd: dir }),
    start: (script, args, ready) => startCommand(nodeWith(script, args), ready),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
