import type { Consumer } from '../consumer.ts';
import { pageWith, typeScriptGame } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

export const bunBuild: Consumer = {
  name: 'Bun, build',
  tool: 'bun',
  setUp: '`bun add phaser-foresight`',
  packages: ['bun', 'phaser'],
  files: async () => ({
    'index.html': pageWith('<script type="module" src="src/main.ts"></script>'),
    ...(await typeScriptGame()),
  }),
  async serve(project) {
    await project.execute('node_modules/bun/bin/bun.exe', [
      'build',
      './index.html',
      '--outdir=dist',
    ]);
    return serveFolder(project, 'dist');
  },
};
