import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ForesightError, messageOf } from '../../util/error.ts';
import { isPhaser } from './edit-page.ts';
import { readText } from './read-text.ts';
import { scriptsOf } from './scripts-of.ts';
import type { PageScript } from './scripts-of.ts';

/** How the game's files reach the browser. */
export type Bundler =
  | 'Vite'
  | 'webpack'
  | 'rollup'
  | 'esbuild'
  | 'Parcel'
  | 'bun'
  | 'import map'
  | 'script tag'
  | 'unknown';

/** A project as it was found. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** package.json; null when there is none. */
  readonly manifest: Manifest | null;
  /** index.html; null when there is none. */
  readonly page: Page | null;
  readonly bundler: Bundler;
  readonly isTypeScript: boolean;
  /** The command that installs packages. */
  readonly install: string;
}

export interface Manifest {
  readonly text: string;
  /** Versions by name, of all kinds of dependencies. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface Page {
  /** Its path below the folder. */
  readonly path: string;
  readonly text: string;
  readonly scripts: readonly PageScript[];
}

/** Bundlers by the package that brings them. Parcel and webpack come with others as well, so they are last. */
const BUNDLERS: readonly (readonly [string, Bundler])[] = [
  ['vite', 'Vite'],
  ['parcel', 'Parcel'],
  ['rollup', 'rollup'],
  ['webpack', 'webpack'],
  ['esbuild', 'esbuild'],
];

const LOCKS: readonly (readonly [string, string])[] = [
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
];

/** Reads a project. Throws `bad-data` when the folder is missing or holds neither package.json nor a page. */
export function readProject(folder: string): Project {
  const root = resolve(folder);
  if (!isFolder(root))
    throw new ForesightError(
      'bad-data',
      `There is no folder "${folder}". Give the folder of your game, or --starter to make a new one.`,
    );
  const text = readText(join(root, 'package.json'));
  const manifest = text === null ? null : { text, packages: packagesOf(text, root) };
  const page = findPage(root);
  if (!manifest && !page)
    throw new ForesightError(
      'bad-data',
      `"${folder}" has neither a package.json nor an index.html. Give the folder of your game, or --starter for a new one.`,
    );
  return {
    folder: root,
    manifest,
    page,
    bundler: bundlerOf(root, manifest, page),
    isTypeScript: readText(join(root, 'tsconfig.json')) !== null,
    install: LOCKS.find(([file]) => readText(join(root, file)) !== null)?.[1] ?? 'npm install',
  };
}

function packagesOf(text: string, root: string): Manifest['packages'] {
  try {
    const json = JSON.parse(text);
    return { ...json.peerDependencies, ...json.devDependencies, ...json.dependencies };
  } catch (error) {
    throw new ForesightError(
      'bad-data',
      `"${join(root, 'package.json')}" is not JSON: ${messageOf(error)}. Correct it first.`,
      { cause: error },
    );
  }
}

function findPage(root: string): Page | null {
  for (const path of ['index.html', 'src/index.html', 'public/index.html']) {
    const text = readText(join(root, path));
    if (text !== null) return { path, text, scripts: scriptsOf(text) };
  }
  return null;
}

function bundlerOf(root: string, manifest: Manifest | null, page: Page | null): Bundler {
  const packages = manifest?.packages ?? {};
  const found = BUNDLERS.find(([name]) => name in packages);
  if (found) return found[1];
  if (page?.scripts.some(({ kind }) => kind === 'importmap')) return 'import map';
  if (page?.scripts.some(isPhaser)) return 'script tag';
  const isBun =
    'bun-types' in packages ||
    '@types/bun' in packages ||
    /"bun (?:build|run|\.|--)|"bun[^"]*index\.html/.test(manifest?.text ?? '') ||
    ['bun.lock', 'bun.lockb'].some((file) => readText(join(root, file)) !== null);
  return isBun ? 'bun' : 'unknown';
}

const SKIPPED = /^(?:node_modules|dist|build|out|coverage|bin|lib|libs|vendor|\..*)$/;
const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|html)$/;
/** More files than these are no game's sources. */
const MOST_FILES = 5000;

/** Paths of the project's sources below its folder, sorted; those closest to it first. */
export function sourcesOf({ folder }: Project): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (found.length >= MOST_FILES) return;
      const path = join(at, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) walk(path);
      else if (
        entry.isFile() &&
        SOURCE.test(entry.name) &&
        !/\.min\.|\.d\.[cm]?ts$/.test(entry.name)
      )
        found.push(relative(folder, path).replaceAll('\\', '/'));
    }
  };
  walk(folder);
  const depth = (path: string): number => path.split('/').length;
  return found.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/** The file that `from` in an import of `file` means, below the project's folder; null when there is none. */
export function importedFile({ folder }: Project, file: string, from: string): string | null {
  const base = join(dirname(file), from).replaceAll('\\', '/');
  const stem = base.replace(/\.[cm]?jsx?$/, '');
  const endings = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.mts', '/index.ts', '/index.js'];
  const candidates = [
    base,
    ...endings.map((ending) => base + ending),
    ...endings.map((ending) => stem + ending),
  ];
  return candidates.find((path) => readText(join(folder, path)) !== null) ?? null;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
