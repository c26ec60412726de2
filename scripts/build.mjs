/**
 * `npm run build`: writes the npm package to dist/.
 *
 * Everything lies flat in dist/, since `new URL('./foresight.worker.js', import.meta.url)` must find
 * the worker next to whichever file it ends up in. Vite's library mode would rewrite that address.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { thirdParty } from './build/third-party.mjs';
import { importAtOnce } from './build/import-at-once.mjs';
import { writeSbom } from './build/sbom.mjs';
import { buildTypes } from './build/types.mjs';
import { importTexts, workerBuilds, writeTexts } from './build/worker-files.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Packages that the game has: a second copy of Phaser or tfjs would not work with the first. */
const PEERS = Object.keys(manifest.peerDependencies);
const external = PEERS.map((name) => new RegExp(`^${name}(/|$)`));

/** Sources of the entries that are imported, by the name of their file in dist/. */
const ENTRIES = {
  'phaser-foresight': 'plugin/index.ts',
  core: 'src/core.ts',
  lab: 'src/lab.ts',
  tfjs: 'src/tfjs.ts',
  'scene-types': 'plugin/scene-types.ts',
};

/**
 * Lets an entry import from the package that users of TensorFlow.js install. The kernels name the part of it
 * that they need, as the worker's file must not hold the rest; it is the same engine.
 *
 * @type {import('rolldown').Plugin}
 */
const wholeTfjs = {
  name: 'whole-tfjs',
  resolveId: (specifier) =>
    specifier === '@tensorflow/tfjs-core' ? { id: '@tensorflow/tfjs', external: true } : null,
};

/**
 * Sources that get chunks of their own, since few games need them at once: a bundler that divides a game takes
 * each file of the package whole, also for a part of it that is loaded later.
 */
const APART = [
  {
    name: 'explain',
    test: /\/(scene\/explain|predict\/(explain|explanation|occlusion|context-phrase)|experts\/context-part)/,
  },
];

/** Where the script-tag build came from, taken while it loads; a module reads import.meta.url. */
const SCRIPT_URL = '__foresightScriptUrl';

/**
 * @param {string} dir
 * @returns {import('rolldown').BuildOptions[]}
 */
function builds(dir) {
  return [
    {
      // One build of these entries: they share their classes, also when a game imports several. No other
      // package is left to find, so that import maps and CDNs need nothing else either.
      input: ENTRIES,
      external,
      platform: 'browser',
      plugins: [importTexts, wholeTfjs],
      // What dividing needs; a test holds that no entry exports more names for it.
      preserveEntrySignatures: 'allow-extension',
      output: {
        dir,
        sourcemap: true,
        chunkFileNames: 'shared-[hash].js',
        codeSplitting: { groups: APART, includeDependenciesRecursively: false },
      },
    },
    {
      input: { 'phaser-foresight.global': 'plugin/index.ts' },
      external: ['phaser'],
      platform: 'browser',
      plugins: [importAtOnce],
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
    commandBuild(dir),
  ];
}

/**
 * The build of the command. Training on WebGPU, it imports foresight.webgpu.js, which must lie next to it.
 *
 * @param {string} dir
 * @returns {import('rolldown').BuildOptions}
 */
export const commandBuild = (dir) => ({
  // The programs of its threads lie next to it too.
  input: {
    cli: 'src/cli/main.ts',
    'cli-thread': 'src/threads/thread.ts',
    'cli-parquet': 'src/parquet/table-thread.ts',
  },
  external,
  platform: 'node',
  output: { dir, chunkFileNames: 'cli-[hash].js' },
});

/**
 * Builds the package into `dir`, emptying it first.
 *
 * @param {string} dir absolute
 */
export async function buildPackage(dir) {
  rmSync(dir, { recursive: true, force: true });
  const packages = thirdParty();
  for (const options of [...workerBuilds(dir), ...builds(dir)])
    await build({
      cwd: ROOT,
      ...options,
      plugins: [packages.plugin, ...[options.plugins ?? []].flat()],
    });
  writeTexts(dir);
  chmodSync(join(dir, 'cli.js'), 0o755);
  packages.write(join(dir, 'THIRD-PARTY-LICENSES.txt'));
  writeSbom(join(dir, 'sbom.cdx.json'), {
    root: ROOT,
    name: manifest.name,
    packages: packages.names(),
  });
  await buildTypes({ root: ROOT, dir, entries: ENTRIES, scripts: ['foresight.worker'] });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildPackage(join(ROOT, 'dist'));
}
