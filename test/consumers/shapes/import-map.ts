import type { Consumer } from '../consumer.ts';
import { javaScriptGame, pageWith } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

const MAP = {
  phaser: './node_modules/phaser/dist/phaser.esm.js',
  'phaser-foresight': './node_modules/phaser-foresight/dist/phaser-foresight.js',
};

/** No bundler at all. */
export const importMap: Consumer = {
  name: 'Import map',
  tool: null,
  setUp: '`"phaser-foresight": "…/dist/phaser-foresight.js"` in the import map',
  packages: ['phaser'],
  files: async () => ({
    'index.html': pageWith(
      '<script type="module" src="src/main.js"></script>',
      `<script type="importmap">${JSON.stringify({ imports: MAP })}</script>`,
    ),
    ...(await javaScriptGame()),
  }),
  serve: (project) => serveFolder(project, '.'),
};
