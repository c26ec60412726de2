import { NPM_INSTALL } from '../consumer.ts';
import type { Consumer } from '../consumer.ts';
import { javaScriptGame, pageWith } from '../harness/game-text.ts';
import { serveFolder } from './served.ts';

export interface WebpackOptions {
  /** What the toolbox calls this version of Phaser. */
  readonly phaser?: string;
}

const CONFIG = `export default {
  mode: 'production',
  entry: './src/main.js',
  output: { filename: 'bundle.min.js', path: import.meta.dirname + '/dist' },
  performance: { hints: false },
};
`;

export const webpack = ({ phaser = 'phaser' }: WebpackOptions = {}): Consumer => ({
  name: 'webpack',
  tool: 'webpack',
  setUp: NPM_INSTALL,
  packages: ['webpack', 'webpack-cli', `phaser@${phaser}`],
  files: async () => ({
    'index.html': pageWith('<script src="dist/bundle.min.js"></script>'),
    'webpack.config.mjs': CONFIG,
    ...(await javaScriptGame()),
  }),
  async serve(project) {
    await project.run('node_modules/webpack-cli/bin/cli.js', ['build']);
    return serveFolder(project, '.');
  },
});
