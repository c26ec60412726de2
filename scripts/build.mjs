/**
 * `npm run build`: writes the npm package to dist/.
 *
 * Everything lies flat in dist/, since `new URL('./foresight.worker.js', import.meta.url)` must find
 * the worker next to whichever file it ends up in. Vite's library mode would rewrite that address.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { importTexts, workerBuilds, writeTexts } from './build/worker-files.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Packages that the user's own bundler or Node finds: ours must not carry second copies. */
const INSTALLED = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const external = INSTALLED.map((name) => new RegExp(`^${name}(/|$)`));

/** Where the script-tag build came from, taken while it loads; a module reads import.meta.url. */
const SCRIPT_URL = '__foresightScriptUrl';

/**
 * @param {string} dir
 * @returns {import('rolldown').BuildOptions[]}
 */
function builds(dir) {
  return [
    {
      // One build of these entries: they share their classes, also when a game imports several.
      input: { 'phaser-foresight': 'plugin/index.ts', core: 'src/core.ts', tfjs: 'src/tfjs.ts' },
      external,
      platform: 'browser',
      plugins: [importTexts],
      output: { dir, sourcemap: true, chunkFileNames: 'shared-[hash].js' },
    },
    {
      input: { 'phaser-foresight.global': 'plugin/index.ts' },
      external: ['phaser'],
      platform: 'browser',
      transform: { define: { 'import.meta.url': SCRIPT_URL } },
      output: {
        dir,
        format: 'iife',
        name: 'PhaserForesight',
        globals: { phaser: 'Phaser' },
        intro: `var ${SCRIPT_URL} = document.currentScript?.src ?? document.baseURI;`,
        minify: true,
      },
    },
    {
      // tfjs stays outside: Node has no WebGPU, so the command never loads it.
      input: { cli: 'src/cli/main.ts' },
      external: [...external, /^@tensorflow\//],
      platform: 'node',
      output: { dir, chunkFileNames: 'cli-[hash].js' },
    },
  ];
}

/** @param {string} dir */
function buildTypes(dir) {
  const args = ['--project', 'tsconfig.build.json', '--outDir', join(dir, 'types')];
  const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), ...args];
  const { status } = spawnSync(process.execPath, tsc, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('The type declarations could not be built: see above.');
  // tsc leaves the sources' `.ts` in import paths; published declarations name the `.js` file.
  for (const entry of readdirSync(join(dir, 'types'), { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.d.ts')) continue;
    const file = join(dir, 'types', entry);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(["'])(\.[^"'\n]*)\.ts\1/g, '$1$2.js$1'));
  }
}

/**
 * Builds the package into `dir`, emptying it first.
 *
 * @param {string} dir absolute
 */
export async function buildPackage(dir) {
  rmSync(dir, { recursive: true, force: true });
  for (const options of [...workerBuilds(dir), ...builds(dir)])
    await build({ cwd: ROOT, ...options });
  writeTexts(dir);
  chmodSync(join(dir, 'cli.js'), 0o755);
  buildTypes(dir);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildPackage(join(ROOT, 'dist'));
}
