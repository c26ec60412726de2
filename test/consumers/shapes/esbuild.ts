import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { pageWith, typeScriptGame } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

interface EsbuildOptions {
  readonly name: string;
  /** The element of the page that loads what was built. */
  readonly script: string;
  /** Options of `build`, as its author writes them. */
  readonly options: string;
}

const esbuild = ({ name, script, options }: EsbuildOptions): Consumer => ({
  name,
  tool: 'esbuild',
  setUp: NPM_INSTALL,
  packages: ['esbuild', 'phaser'],
  files: async () => ({
    'index.html': pageWith(script),
    'build.mjs': `import { build } from 'esbuild';
await build({ entryPoints: ['src/main.ts'], bundle: true, ${options} });
`,
    ...(await typeScriptGame()),
  }),
  async serve(project) {
    await project.run('build.mjs');
    return serveFolder(project, '.');
  },
});

/** One classic script: it has no `import.meta.url`. */
export const esbuildScript = esbuild({
  name: 'esbuild, one script',
  script: '<script src="dist/bundle.js"></script>',
  options: `outfile: 'dist/bundle.js'`,
});

export const esbuildModules = esbuild({
  name: 'esbuild, modules',
  script: '<script type="module" src="dist/main.js"></script>',
  options: `format: 'esm', splitting: true, outdir: 'dist'`,
});
