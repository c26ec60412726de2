import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { thirdParty } from '../../../scripts/build/third-party.mjs';
import { workerBuilds } from '../../../scripts/build/worker-files.mjs';
import manifest from '../../../package.json';
import { WEBGPU } from './platforms.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface FolderOptions {
  /** Absolute; emptied first. */
  readonly folder: string;
  /** Of the machine that it will run on, one of `platforms()`. */
  readonly platform: string;
}

/**
 * Writes a folder that measures the engines on a graphics card: `node run.mjs` in it needs no other package,
 * no browser and no network. Of the package `webgpu` it holds one system's implementation.
 */
export async function buildFolder({ folder, platform }: FolderOptions): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const kernels = workerBuilds(folder).find(({ input }) => 'foresight.webgpu' in Object(input));
  const run = {
    input: { run: 'test/bench/gpu/run.ts' },
    external: 'webgpu',
    platform: 'node',
    output: { dir: folder, entryFileNames: '[name].mjs', minify: true, codeSplitting: false },
  } as const;
  const packages = thirdParty();
  for (const options of [kernels, run])
    await build({ cwd: ROOT, ...options, plugins: [packages.plugin] });
  packages.write(join(folder, 'THIRD-PARTY-LICENSES.txt'));
  const { version } = manifest;
  const webgpu = manifest.devDependencies.webgpu;
  const json = {
    name: 'phaser-foresight-gpu-bench',
    version,
    private: true,
    type: 'module',
    scripts: { start: 'node run.mjs' },
    engines: manifest.engines,
    dependencies: { webgpu },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(json, null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), readme(platform));
  const copy = join(folder, 'node_modules/webgpu');
  for (const file of ['package.json', 'index.js', 'LICENSE.md', join('dist', platform)])
    cpSync(join(WEBGPU, file), join(copy, file), { recursive: true });
}

const readme = (platform: string): string => `# phaser-foresight on a graphics card

\`\`\`sh
node run.mjs
\`\`\`

measures how long one weight update takes on this machine's graphics card (WebGPU) and on one core of its
processor (WebAssembly), in turns, and whether both compute the same gradients. It needs Node 20.19 or newer,
the card's driver (on Linux one for Vulkan, and libvulkan1), and a few minutes on an otherwise idle machine.
The table appears at the end, and \`result.json\` has it for programs. \`node run.mjs --help\` lists the options.

This copy is for ${platform}. On another system delete node_modules and run \`npm install\` here first.

To add the row of your card, send \`result.json\` in an issue or a pull request of
https://github.com/phaser-foresight/phaser-foresight, as test/bench/results/<date>-gpu-<card>.json.
`;
