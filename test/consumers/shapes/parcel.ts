import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { pageWith, typeScriptGame } from '../harness/game-text.ts';
import { serveByTool, serveFolder } from './served.ts';

const PARCEL = 'node_modules/parcel/lib/bin.js';

const base = {
  tool: 'parcel',
  setUp: NPM_INSTALL,
  // The development server wants the last one for Phaser.
  packages: ['parcel', 'phaser', 'process'],
  files: async () => ({
    'index.html': pageWith('<script type="module" src="src/main.ts"></script>'),
    ...(await typeScriptGame()),
  }),
} as const;

export const parcelDev: Consumer = {
  ...base,
  name: 'Parcel, development server',
  serve: (project) =>
    serveByTool(project, PARCEL, [
      'serve',
      'index.html',
      '--no-autoinstall',
      '--host',
      '127.0.0.1',
    ]),
};

export const parcelBuild: Consumer = {
  ...base,
  name: 'Parcel, build',
  async serve(project) {
    await project.run(PARCEL, ['build', 'index.html', '--no-autoinstall', '--no-source-maps']);
    return serveFolder(project, 'dist');
  },
};
