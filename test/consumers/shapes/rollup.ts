import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { javaScriptGame, pageWith } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

interface RollupOptions {
  readonly name: string;
  /** The element of the page that loads what was built. */
  readonly script: string;
  /** The option `output`, as its author writes it. */
  readonly output: string;
}

const rollup = ({ name, script, output }: RollupOptions): Consumer => ({
  name,
  tool: 'rollup',
  setUp: NPM_INSTALL,
  packages: ['rollup', '@rollup/plugin-node-resolve', 'phaser'],
  files: async () => ({
    'index.html': pageWith(script),
    'rollup.config.mjs': `import nodeResolve from '@rollup/plugin-node-resolve';

export default {
  input: 'src/main.js',
  output: ${output},
  plugins: [nodeResolve({ browser: true })],
};
`,
    ...(await javaScriptGame()),
  }),
  async serve(project) {
    await project.run('node_modules/rollup/dist/bin/rollup', ['--config']);
    return serveFolder(project, '.');
  },
});

export const rollupScript = rollup({
  name: 'rollup, one script',
  script: '<script src="dist/bundle.js"></script>',
  output: `{ file: 'dist/bundle.js', format: 'iife', inlineDynamicImports: true }`,
});

export const rollupModules = rollup({
  name: 'rollup, modules',
  script: '<script type="module" src="dist/main.js"></script>',
  output: `{ dir: 'dist', format: 'es' }`,
});
